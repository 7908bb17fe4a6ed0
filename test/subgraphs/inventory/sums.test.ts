import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectAs, type OwnerConnection } from '../../../db/connect.ts';
import type { InventoryDatabase } from '../../../db/tables/inventory.ts';
import { setChannelBackOrder } from '../../../subgraphs/inventory/commands/set-channel-back-order.ts';
import { setChannelBuffer } from '../../../subgraphs/inventory/commands/set-channel-buffer.ts';
import { readAvailability } from '../../../subgraphs/inventory/queries/read-availability.ts';
import { buildSums, findSummedSkus } from '../../../subgraphs/inventory/sums/build-sums.ts';
import { foldLevels } from '../../../subgraphs/inventory/sums/fold-levels.ts';
import { createAsk, type OpenInventory, openInventory } from './open-inventory.ts';
import { addLocation, serveChannel } from './shops.ts';
import { auditNow, clean, stockOperations } from './stock-operations.ts';

let inventory: OpenInventory;
let second: OwnerConnection<'inventory'>;
/** Two subgraphs over one database, as two processes have. */
let processes: { readonly db: Kysely<InventoryDatabase>; readonly stock: ReturnType<typeof stockOperations> }[];

const locations = ['north', 'south', 'west'];
const skus = ['mug', 'cup'];
const channels = ['web', 'app'];
const { signal } = new AbortController();
const newRequest = () => ({ idempotencyKey: randomUUID(), fingerprint: 'test', actor: 'test' });

beforeAll(async () => {
  inventory = await openInventory();
  second = connectAs(inventory.url, 'inventory');
  processes = [
    { db: inventory.db, stock: stockOperations(inventory.ask) },
    { db: second.db, stock: stockOperations(await createAsk(second.db)) },
  ];
  for (const id of locations) await addLocation(inventory.db, id);
  for (const channel of channels) await serveChannel(inventory.db, channel, ['north', 'south']);
});
afterAll(async () => {
  await second.close();
  await inventory.close();
});

/** One thing that happens, at one of the processes. */
type Step = {
  readonly text: string;
  readonly run: (process: (typeof processes)[number], name: string) => Promise<unknown>;
};

const sku = fc.constantFrom(...skus);
const location = fc.constantFrom(...locations);
const channel = fc.constantFrom(...channels);
const quantity = fc.integer({ min: 1, max: 9 });

const received = (sku: string, location: string, delta: number): Step => ({
  text: `receive ${location} ${sku} ${delta}`,
  run: ({ stock }, name) =>
    stock.adjust({ location, sku: `${name}-${sku}`, delta, reason: 'RECEIVED', reference: 'r' }),
});

const happenings: fc.Arbitrary<Step>[] = [
  fc.tuple(sku, location, quantity).map((of) => received(...of)),
  fc.tuple(sku, location, quantity, fc.boolean()).map(([sku, location, quantity, isCommitted]) => ({
    text: `hold ${location} ${sku} ${quantity}${isCommitted ? ' and commit' : ''}`,
    run: async ({ stock }, name) => {
      const { hold } = await stock.hold({ location, sku: `${name}-${sku}`, quantity });
      if (hold === null) return;
      await (isCommitted ? stock.commit({ hold: hold.id, reference: 'o' }) : stock.release({ hold: hold.id }));
    },
  })),
  fc.tuple(sku, location, quantity).map(([sku, location, quantity]) => ({
    text: `sell ${location} ${sku} ${quantity}`,
    run: ({ stock }, name) => stock.sell({ location, lines: [{ sku: `${name}-${sku}`, quantity }], reference: 's' }),
  })),
  fc
    .tuple(
      channel,
      fc.option(sku),
      fc.option(quantity),
      fc.constantFrom('UNITS' as const, 'UNITS' as const, 'PER_CENT' as const),
    )
    .map(([channelId, sku, amount, kind]) => ({
      text: `buffer ${channelId} ${sku} ${amount} ${kind}`,
      run: ({ db }, name) => {
        const rule = {
          channelId,
          sku: sku === null ? undefined : `${name}-${sku}`,
          kind,
          amount,
          expectedVersion: undefined,
        };
        return setChannelBuffer(db, { ...rule, dryRun: false }, newRequest(), signal);
      },
    })),
  fc.tuple(channel, sku, location, fc.option(quantity)).map(([channelId, sku, locationId, units]) => ({
    text: `back-order ${channelId} ${sku} ${locationId} ${units}`,
    run: ({ db }, name) => {
      const terms = units === null ? null : { locationId, units, sellableFrom: null, expectedAt: null };
      const rule = { channelId, sku: `${name}-${sku}`, terms, expectedVersion: undefined, dryRun: false };
      return setChannelBackOrder(db, rule, newRequest(), signal);
    },
  })),
  fc.tuple(channel, location, fc.boolean()).map(([channelId, locationId, serves]) => ({
    text: `${channelId} ${serves ? 'gets' : 'loses'} ${locationId}`,
    run: ({ db }) =>
      serves
        ? sql`insert into channel_location values (${channelId}, ${locationId}, 9) on conflict do nothing`.execute(db)
        : sql`delete from channel_location where channel_id = ${channelId} and location_id = ${locationId}`.execute(db),
  })),
  fc.constant({ text: 'fold', run: ({ db }) => foldLevels(db, signal, 0) }),
  fc.constant({ text: 'fold what is crowded', run: ({ db }) => foldLevels(db, signal, 1) }),
  fc.constant({
    text: 'build',
    run: async ({ db }) => {
      await findSummedSkus(db, 1);
      await buildSums(db);
    },
  }),
];
const happening = fc.tuple(fc.nat(1), fc.oneof(...happenings));

/** Goods everywhere, no rules, and sums that count all of it. Runs share one database: each has SKUs of its own. */
async function begin(name: string): Promise<void> {
  const { db } = inventory;
  await db.deleteFrom('channel_buffer').execute();
  await sql`delete from channel_location where location_id = 'west'`.execute(db);
  await sql`insert into channel_location select channel, location, 1
              from unnest(${channels}::text[]) as channel, unnest(${['north', 'south']}::text[]) as location
                on conflict do nothing`.execute(db);
  for (const sku of skus) {
    for (const location of locations) {
      await happen([0, received(sku, location, 20)], name);
    }
  }
  await findSummedSkus(db, 1);
  while ((await foldLevels(db, signal, 0)) > 0);
  while ((await buildSums(db)) > 0);
}

async function happen([p, step]: readonly [number, Step], name: string): Promise<void> {
  const process = processes[p];
  if (process === undefined) throw new Error('There are two processes.');
  await step.run(process, name);
}

/**
 * What is answered now, and what would be if there were no sums, of one snapshot; and how many of the sums are in use.
 * An empty temporary table goes before the one with the sums.
 */
async function compare(db: Kysely<InventoryDatabase>, name: string) {
  const keys = channels.flatMap((channelId) => skus.map((sku) => ({ channelId, sku: `${name}-${sku}` })));
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (trx) => {
      const fast = await readAvailability(trx, keys);
      const { rows } = await sql<{ used: number }>`
        select count(*)::integer as used from stock_sum join channel_serving as serving using (channel_id)
         where serving_version = serving.version and sku like ${`${name}-%`} and on_shelf > 0`.execute(trx);
      await sql`create temporary table stock_sum (like inventory.stock_sum) on commit drop`.execute(trx);
      return { fast, plain: await readAvailability(trx, keys), used: rows[0]?.used ?? 0 };
    });
}

describe('what a channel can sell', () => {
  it('is with sums what it is without, after each of any steps', async () => {
    let used = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { minLength: 10, maxLength: 40 }), async (steps) => {
        const name = randomUUID().slice(0, 8);
        await begin(name);
        for (const step of steps) {
          await happen(step, name);
          const both = await compare(inventory.db, name);
          expect(both.fast, step[1].text).toEqual(both.plain);
          used += both.used;
        }
      }),
      { numRuns: 10 },
    );
    expect(used, 'sums that were of use').toBeGreaterThan(100);
    expect(await auditNow(inventory)).toMatchObject(clean);
  }, 120_000);

  it('is so also while everything happens at once', async () => {
    let used = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { minLength: 60, maxLength: 120 }), async (steps) => {
        const name = randomUUID().slice(0, 8);
        await begin(name);
        const left = [...steps];
        const work = async () => {
          for (let step = left.pop(); step !== undefined; step = left.pop()) await happen(step, name);
        };
        const workers = Promise.all(Array.from({ length: 6 }, work));
        while (left.length > 0) {
          const both = await compare(second.db, name);
          expect(both.fast).toEqual(both.plain);
          used += both.used;
        }
        await workers;
        const both = await compare(second.db, name);
        expect(both.fast).toEqual(both.plain);
      }),
      { numRuns: 5 },
    );
    expect(used, 'sums that were of use').toBeGreaterThan(10);
    expect(await auditNow(inventory)).toMatchObject(clean);
  }, 120_000);

  it('is so also when a fold is killed in the middle', async () => {
    const name = randomUUID().slice(0, 8);
    await begin(name);
    let killed = 0;
    for (let round = 0; round < 100 && killed < 5; round++) {
      for (const location of ['north', 'south']) await happen([0, received('mug', location, 1)], name);
      const [fold] = await Promise.allSettled([foldLevels(second.db, signal, 0), inventory.cutConnections()]);
      if (fold.status === 'rejected') killed++;
      const both = await compare(inventory.db, name);
      expect(both.fast).toEqual(both.plain);
    }
    expect(killed).toBeGreaterThan(0);
    expect(await auditNow(inventory)).toMatchObject(clean);
  });
});
