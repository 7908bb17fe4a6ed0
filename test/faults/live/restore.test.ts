import { expect, test } from 'vitest';
import { waitUntil } from '../../support/wait-until.ts';
import { checkTruth, readTruth } from './check-truth.ts';
import { hasCaughtUp } from './has-caught-up.ts';
import { openCrowd } from './open-crowd.ts';
import { startPullingPartner } from './pulling-partner.ts';
import { createRandom } from './random.ts';
import { openWorld, type World } from './world.ts';
import { startWriters, type Writers } from './writers.ts';

/** Writes until so many commands more are answered. */
async function write(world: World, commands: number): Promise<void> {
  const writers: Writers = startWriters({
    graph: world,
    stock: world.stock,
    random: createRandom(commands),
    writers: 2,
    bulkRows: 20,
    pauseMs: 10,
  });
  await waitUntil('enough is written', () => writers.counts.commands >= commands, 60_000);
  await writers.stop();
  expect(writers.faults).toEqual([]);
}

test('a database that is put back from a backup: everybody gets a snapshot, and goes on from what there is now', async () => {
  await using world = await openWorld(1);
  await using closing = new AsyncDisposableStack();
  const crowd = openCrowd(world, ['shop-1'], true);
  for (const till of crowd) closing.defer(() => till.close());
  const partner = startPullingPartner(world, 'pos', 50);
  closing.defer(() => partner.close());
  const caughtUp = async (): Promise<void> => {
    const truth = await readTruth(world);
    await waitUntil('every till has everything', () => hasCaughtUp(crowd, truth), 60_000);
  };

  await write(world, 30);
  await caughtUp();
  await world.backUp();
  await write(world, 30);
  await caughtUp();
  const [absent] = crowd;
  await absent?.close();
  const before = crowd.map(({ copy }) => copy.counts.snapshots);
  const lost = await readTruth(world);

  await world.restore();
  const found = await readTruth(world);
  expect(found).not.toEqual(lost);
  // More than was lost, so that numbers and versions go past those that were told before.
  await write(world, 60);
  await absent?.restart(false);
  const snapshots = () => crowd.map(({ copy }, index) => copy.counts.snapshots - (before[index] ?? 0));
  await waitUntil('everybody has a snapshot', () => snapshots().every((count) => count > 0), 60_000);
  await caughtUp();
  await partner.finish();
  expect(partner.counts.snapshots).toBeGreaterThanOrEqual(2);
  expect(await checkTruth(world, await readTruth(world), crowd, partner)).toEqual([]);
}, 240_000);
