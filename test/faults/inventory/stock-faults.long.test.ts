import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectTruth } from './expect-truth.ts';
import { openStockWorld, type StockWorld, type Supply } from './open-stock-world.ts';
import { runStockFaults } from './run-stock-faults.ts';

/** A million holds and 220 kills take some 35 minutes on two quiet cores. Fewer of either: FAULTS_HOLDS, FAULTS_KILLS. */
const holds = Number(process.env.FAULTS_HOLDS ?? 1_000_000);
const kills = Number(process.env.FAULTS_KILLS ?? 220);
const seed = Number(process.env.FAULTS_SEED ?? Math.floor(Math.random() * 1e9));

const supplies: readonly Supply[] = [
  ...[0, 1, 2, 3].flatMap((i) =>
    ['north', 'south'].map((location) => ({ location, sku: `sku-${i}`, units: 2 * holds })),
  ),
  { location: 'north', sku: 'scarce', units: 7 },
];
let world: StockWorld;

beforeAll(async () => {
  world = await openStockWorld(supplies);
});
afterAll(() => world.close());

it('loses nothing and does nothing twice over a million holds and hundreds of kills', async () => {
  const startedAt = performance.now();
  const done = await runStockFaults(world, {
    seed,
    reservations: holds,
    // So many that batches are full: what a batch costs is hardly more than what one reservation costs.
    buyers: 500,
    together: 16,
    kills,
    cuts: kills * 2,
    onProgress: (line) =>
      console.log(`seed ${seed}, ${Math.round((performance.now() - startedAt) / 1_000)} s: ${line}`),
  });
  console.log(
    `seed ${seed}: ${done.truth.granted.size} holds, ${done.truth.refused.size} refused, kills ${JSON.stringify(done.kills)}, cuts ${JSON.stringify(world.cutter.cuts)}, ${done.asker.retries} asked again, ${Math.round((performance.now() - startedAt) / 1_000)} s`,
  );
  expect(world.cutter.cuts.ANSWER, 'commits were cut from their answers').toBeGreaterThan(0);
  await expectTruth(world, done, supplies, 5_000);
  await done.asker.agent.destroy();
});
