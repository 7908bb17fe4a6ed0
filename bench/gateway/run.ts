/**
 * Compares our gateway with its peers: `node bench/gateway/run.ts [--quick] [--write] [--profile] [--gateways a,b] [--workloads a,b]`.
 * Everything is on the loopback, bounded, and ends by itself.
 */

import { describeMachine } from '../rig/report/describe-machine.ts';
import { writeReadme } from '../rig/report/write-readme.ts';
import { type BenchSettings, readBenchSettings } from './config.ts';
import { measureStrangers } from './measure-strangers.ts';
import { measureWorkload } from './measure-workload.ts';
import { openRig, type Rig } from './open-rig.ts';
import { profileWorkload } from './profile/profile-workload.ts';
import { type Measured, renderGoals } from './report/render-goals.ts';
import { renderStrangers } from './report/render-strangers.ts';
import { renderTable } from './report/render-table.ts';
import { type Workload, workloads } from './workloads/workloads.ts';

/** What is profiled unless workloads are named. */
const profiled: ReadonlySet<Workload['name']> = new Set(['deep', 'small', 'variables']);
const longestRunMs = 20 * 60 * 1_000;

async function run(settings: BenchSettings): Promise<void> {
  const rig = await openRig(settings, AbortSignal.timeout(longestRunMs));
  try {
    const print = (section: string) => process.stdout.write(`${section}\n\n`);
    const sections = settings.mode === 'profile' ? profile(rig, settings, print) : compare(rig, settings, print);
    const markdown = [describeRun(settings), ...(await sections)].join('\n\n');
    if (settings.isWritten) await writeReadme(`gateway ${settings.mode}`, markdown);
  } finally {
    await rig.close();
  }
}

type Print = (section: string) => void;

/** Measures the workloads one after the other; the goals come first in what is returned. */
async function compare(rig: Rig, settings: BenchSettings, print: Print): Promise<readonly string[]> {
  const measured: Measured[] = [];
  for (const workload of chosenWorkloads(settings)) {
    const each = await measure(workload, rig, settings);
    measured.push(each);
    print(renderMeasured(each));
  }
  const reached = renderGoals(measured);
  print(reached);
  return [reached, ...measured.map(renderMeasured)];
}

async function measure(workload: Workload, rig: Rig, settings: BenchSettings): Promise<Measured> {
  return workload.name === 'strangers'
    ? { kind: 'strangers', workload, rows: await measureStrangers(workload, rig, settings) }
    : { kind: 'rows', workload, rows: await measureWorkload(workload, rig, settings) };
}

function renderMeasured(measured: Measured): string {
  return measured.kind === 'rows'
    ? renderTable(measured.workload, measured.rows)
    : renderStrangers(measured.workload.title, measured.rows);
}

async function profile(rig: Rig, settings: BenchSettings, print: Print): Promise<readonly string[]> {
  const sections: string[] = [];
  for (const workload of chosenWorkloads(settings)) {
    const section = await profileWorkload(workload, rig, settings);
    sections.push(section);
    print(section);
  }
  return sections;
}

function chosenWorkloads({ workloads: names, mode }: BenchSettings): readonly Workload[] {
  if (names.length > 0) return workloads.filter(({ name }) => names.includes(name));
  return mode === 'profile' ? workloads.filter(({ name }) => profiled.has(name)) : workloads;
}

function describeRun({ seconds, rounds, connections }: BenchSettings): string {
  return `${describeMachine()}; ${rounds} ${rounds === 1 ? 'round' : 'rounds'} of ${seconds} s, ${connections} connections.`;
}

await run(readBenchSettings());
