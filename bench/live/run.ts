/**
 * Compares live operations of our gateway with Hive Gateway's: `node bench/live/run.ts [--quick] [--write] [--clients a,b] [--gateways a,b]`;
 * `--profile` says where our time goes. Everything is on the loopback, bounded, and ends by itself.
 */
import { execFileSync } from 'node:child_process';
import { describeMachine } from '../rig/report/describe-machine.ts';
import { writeReadme } from '../rig/report/write-readme.ts';
import { type LiveSettings, readLiveSettings } from './config.ts';
import { measureCrowd } from './measure-crowd.ts';
import { measureReturn } from './measure-return.ts';
import { type LiveRig, openLiveRig } from './open-live-rig.ts';
import { profileCrowd } from './profile-crowd.ts';
import { type CrowdRow, renderCrowds } from './report/render-crowds.ts';
import { renderFloors } from './report/render-floors.ts';

const longestRunMs = 30 * 60 * 1_000;

async function run(settings: LiveSettings): Promise<void> {
  checkOpenFiles(settings);
  const rig = await openLiveRig(settings, AbortSignal.timeout(longestRunMs));
  try {
    const result = settings.mode === 'profile' ? profileCrowd(rig, settings) : compare(rig, settings);
    const markdown = [describeRun(settings), await result].join('\n\n');
    process.stdout.write(`${markdown}\n`);
    if (settings.isWritten) await writeReadme(`live ${settings.mode}`, markdown);
  } finally {
    await rig.close();
  }
}

/** Size by size, round by round, gateway by gateway. */
async function compare(rig: LiveRig, settings: LiveSettings): Promise<string> {
  const rows: CrowdRow[] = [];
  for (const size of settings.sizes) {
    const own = size.gateways.map((gateway): CrowdRow => ({ size, gateway, windows: [] }));
    for (let round = 0; round < settings.rounds; round++) {
      for (const row of own) {
        row.windows.push(await measureCrowd(row.gateway, size, rig, settings));
        process.stderr.write(`${renderCrowds([row])}\n`);
      }
    }
    rows.push(...own);
  }
  const isReturning = settings.sizes.some(
    (size) => size.clients >= settings.returning && size.gateways.includes('ours'),
  );
  const returned = isReturning ? await measureReturn(rig, settings) : undefined;
  return [renderFloors(rows, returned), renderCrowds(rows)].join('\n\n');
}

/** A socket needs a file descriptor in the clients' process and one in the gateway's. */
function checkOpenFiles({ sizes }: LiveSettings): void {
  const needed = Math.max(...sizes.map(({ clients }) => clients)) + 500;
  const limit = execFileSync('/bin/sh', ['-c', 'ulimit -n'], { encoding: 'utf8' }).trim();
  if (limit !== 'unlimited' && Number(limit) < needed) {
    throw new Error(
      `A process may open ${limit} files here, and ${needed} are needed: raise it with "ulimit -n ${needed}".`,
    );
  }
}

function describeRun({ rounds, seconds }: LiveSettings): string {
  return `${describeMachine()}; ${rounds} ${rounds === 1 ? 'round' : 'rounds'} of ${seconds} s.`;
}

await run(readLiveSettings());
