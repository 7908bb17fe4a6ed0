import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectTruth } from './expect-truth.ts';
import { openStockWorld, type StockWorld, type Supply } from './open-stock-world.ts';
import { runStockFaults } from './run-stock-faults.ts';

const supplies: readonly Supply[] = [
  ...[0, 1, 2, 3].flatMap((i) => ['north', 'south'].map((location) => ({ location, sku: `sku-${i}`, units: 5_000 }))),
  { location: 'north', sku: 'scarce', units: 7 },
];
let world: StockWorld;

beforeAll(async () => {
  world = await openStockWorld(supplies);
});
afterAll(() => world.close());

it('loses nothing and does nothing twice while subgraphs and Postgres are killed and commits cut from their answers', async () => {
  const seed = Math.floor(Math.random() * 1e9);
  const done = await runStockFaults(world, { seed, reservations: 3_000, buyers: 40, together: 4, kills: 5, cuts: 25 });
  console.log(
    `seed ${seed}: ${done.truth.granted.size} holds, ${done.truth.refused.size} refused, kills ${JSON.stringify(done.kills)}, cuts ${JSON.stringify(world.cutter.cuts)}, ${done.asker.retries} asked again`,
  );
  expect(world.cutter.cuts.ANSWER, 'commits were cut from their answers').toBeGreaterThan(5);
  await expectTruth(world, done, supplies, 200);
  await done.asker.agent.destroy();
}, 120_000);
