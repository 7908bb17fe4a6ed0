import { expect, test } from 'vitest';
import { runFaults } from './run-faults.ts';
import { openWorld } from './world.ts';

test('no till misses a change, whatever is killed', async () => {
  const seed = Number(process.env.LIVE_SEED ?? Date.now() % 2 ** 31);
  console.log(`LIVE_SEED=${seed}`);
  await using world = await openWorld(2);
  const summary = await runFaults(world, {
    seed,
    kills: 6,
    changes: 1_500,
    writers: 4,
    bulkRows: 40,
    writerPauseMs: 100,
    killPauseMs: 1_200,
  });
  console.log(JSON.stringify({ ...summary, faults: summary.faults.length }));
  expect(summary.faults).toEqual([]);
}, 240_000);
