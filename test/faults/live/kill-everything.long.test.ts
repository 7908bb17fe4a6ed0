import { expect, test } from 'vitest';
import { runFaults } from './run-faults.ts';
import { openWorld } from './world.ts';

const kills = Number(process.env.LIVE_KILLS ?? 200);
const changes = Number(process.env.LIVE_CHANGES ?? 1_000_000);

test(`no till misses a change through ${kills} kills and ${changes} changes`, async () => {
  const seed = Number(process.env.LIVE_SEED ?? Date.now() % 2 ** 31);
  console.log(`LIVE_SEED=${seed}`);
  await using world = await openWorld(4);
  const summary = await runFaults(world, {
    seed,
    kills,
    changes,
    writers: 6,
    bulkRows: 2_000,
    writerPauseMs: 100,
    killPauseMs: 2_500,
    commandsPerKill: 10,
    onProgress: (line) => console.log(line),
  });
  console.log(JSON.stringify({ ...summary, faults: summary.faults.length }, null, 2));
  expect(summary.faults).toEqual([]);
}, 14_400_000);
