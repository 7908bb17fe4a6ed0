/**
 * Compares our gateway with its peers: `node bench/gateway/run.ts [--quick] [--write] [--profile] [--gateways a,b] [--workloads a,b]`.
 * Everything is on the loopback, bounded, and ends by itself.
 */
import { cpus } from 'node:os';
import { type BenchSettings, readBenchSettings } from './config.ts';
import { measureStrangers } from './measure-strangers.ts';
import { measureWorkload } from './measure-workload.ts';
import { openRig, type Rig } from './open-rig.ts';
import { profileWorkload } from './profile/profile-workload.ts';
import { renderStrangers } from './report/render-strangers.ts';
import { renderTable } from './report/render-table.ts';
import { writeReadme } from './report/write-readme.ts';
import { type Workload, workloads } from './workloads/workloads.ts';

const longestRunMs = 20 * 60 * 1_000;

async function run(settings: BenchSettings): Promise<void> {
  const rig = await openRig(settings, AbortSignal.timeout(longestRunMs));
  try {
    const sections: string[] = [describeRun(settings)];
    for (const workload of chosenWorkloads(settings)) {
      const section =
        settings.mode === 'profile'
          ? await profileWorkload(workload, rig, settings)
          : await compare(workload, rig, settings);
      process.stdout.write(`${section}\n\n`);
      sections.push(section);
    }
    if (settings.isWritten) await writeReadme(`gateway ${settings.mode}`, sections.join('\n\n'));
  } finally {
    await rig.close();
  }
}

async function compare(workload: Workload, rig: Rig, settings: BenchSettings): Promise<string> {
  if (workload.name === 'strangers')
    return renderStrangers(workload.title, await measureStrangers(workload, rig, settings));
  return renderTable(workload, await measureWorkload(workload, rig, settings));
}

function chosenWorkloads({ workloads: names, mode }: BenchSettings): readonly Workload[] {
  if (names.length > 0) return workloads.filter(({ name }) => names.includes(name));
  return mode === 'profile' ? workloads.filter(({ name }) => name === 'deep' || name === 'small') : workloads;
}

function describeRun({ seconds, rounds, connections }: BenchSettings): string {
  const machine = `${cpus().length} cores (${cpus()[0]?.model.trim()}), Node ${process.versions.node}`;
  const day = new Date().toISOString().slice(0, 10);
  return `Measured on ${day}, ${machine}; ${rounds} ${rounds === 1 ? 'round' : 'rounds'} of ${seconds} s, ${connections} connections.`;
}

await run(readBenchSettings());
