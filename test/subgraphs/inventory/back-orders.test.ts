import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenInventory, openInventory } from './open-inventory.ts';
import { addLocation, serveChannel } from './shops.ts';
import { auditNow, clean, receive, stockOperations } from './stock-operations.ts';

let inventory: OpenInventory;
let stock: ReturnType<typeof stockOperations>;

beforeAll(async () => {
  inventory = await openInventory();
  stock = stockOperations(inventory.ask);
  for (const id of ['depot', 'camden', 'leeds']) await addLocation(inventory.db, id);
  await serveChannel(inventory.db, 'web', ['depot', 'camden']);
  await serveChannel(inventory.db, 'app', ['depot', 'camden']);
});
afterAll(() => inventory.close());

async function setRule(input: Record<string, unknown>) {
  const { data, errors, code } = await inventory.ask(
    `mutation ($input: SetChannelBackOrderInput!) { setChannelBackOrder(input: $input) {
       backOrder { sku units location { id } sellableFrom expectedAt version } changes { before after } replayed
       userErrors { code path } } }`,
    { input: { channel: 'web', location: 'depot', idempotencyKey: randomUUID(), ...input } },
  );
  return errors === undefined ? data.setChannelBackOrder : { code };
}

async function availability(sku: string, channel = 'web') {
  const { data } = await inventory.ask(
    `query ($r: [_Any!]!, $channel: ID!) { _entities(representations: $r) { ... on ProductVariant { availability(channel: $channel) {
       status availableToSell onShelf limitedBy backOrder { units sellableFrom expectedAt location { id } } } } } }`,
    { r: [{ __typename: 'ProductVariant', sku }], channel },
  );
  return data._entities[0].availability;
}

const backOrdered = async (sku: string) => {
  const { back_ordered, sellable, shortfall } = await inventory.db
    .selectFrom('stock_level')
    .selectAll()
    .where('sku', '=', sku)
    .where('location_id', '=', 'depot')
    .executeTakeFirstOrThrow();
  return { back_ordered, sellable, shortfall };
};

describe('a back-order limit', () => {
  it('lets a channel sell what is there first, then so many more, and not one beyond', async () => {
    const sku = 'LAMP';
    await receive(inventory.ask, 'camden', sku, 2);
    await receive(inventory.ask, 'depot', sku, 1);
    await setRule({ sku, units: 4, expectedAt: '2030-01-01T00:00:00Z' });
    expect(await availability(sku)).toMatchObject({
      status: 'IN_STOCK',
      availableToSell: 7,
      onShelf: 3,
      limitedBy: 'BACK_ORDER',
      backOrder: { units: 4, expectedAt: '2030-01-01T00:00:00.000Z', location: { id: 'depot' } },
    });
    const first = await stock.hold({ channel: 'web', lines: [{ sku, quantity: 5 }] });
    const places = first.hold.lines.map((line: { quantity: number; location: { id: string } }) => [
      line.location.id,
      line.quantity,
    ]);
    expect(places.sort()).toEqual([
      ['camden', 2],
      ['depot', 3],
    ]); // 1 there, 2 to come
    expect(await backOrdered(sku)).toEqual({ back_ordered: 2, sellable: -2, shortfall: 0 });
    expect(await availability(sku)).toMatchObject({ status: 'BACK_ORDER', availableToSell: 2, onShelf: 0 });
    expect(await availability(sku, 'app')).toMatchObject({ status: 'OUT_OF_STOCK', availableToSell: 0 });
    const refused = await stock.hold({ channel: 'web', lines: [{ sku, quantity: 3 }] });
    expect(refused.userErrors).toMatchObject([{ code: 'INSUFFICIENT_STOCK', availableToSell: 2 }]);
    const last = await stock.hold({ channel: 'web', lines: [{ sku, quantity: 2 }] });
    expect(last.userErrors).toEqual([]);
    expect(await availability(sku)).toMatchObject({
      status: 'OUT_OF_STOCK',
      availableToSell: 0,
      limitedBy: 'BACK_ORDER',
    });

    await stock.commit({ hold: first.hold.id, reference: 'order-1' });
    await receive(inventory.ask, 'depot', sku, 10);
    expect(await backOrdered(sku)).toEqual({ back_ordered: 0, sellable: 6, shortfall: 0 });
    const shipped = await stock.settle({
      location: 'depot',
      outcome: 'SHIPPED',
      reference: 'order-1',
      lines: [{ sku, quantity: 3 }],
    });
    expect(shipped.userErrors).toEqual([]);
    expect(await auditNow(inventory)).toMatchObject(clean);
  });

  it('gives back what is released, and keeps apart what a count finds missing', async () => {
    const sku = 'SOFA';
    await setRule({ sku, units: 3 });
    const { hold } = await stock.hold({ channel: 'web', lines: [{ sku, quantity: 3 }] });
    await receive(inventory.ask, 'depot', sku, 2);
    expect(await backOrdered(sku)).toEqual({ back_ordered: 1, sellable: -1, shortfall: 0 });
    await stock.count({ location: 'depot', counts: [{ sku, counted: 1 }] });
    expect(await backOrdered(sku)).toEqual({ back_ordered: 1, sellable: -2, shortfall: 1 });
    expect(await availability(sku)).toMatchObject({ availableToSell: 1 });
    await stock.release({ hold: hold.id });
    expect(await backOrdered(sku)).toEqual({ back_ordered: 0, sellable: 1, shortfall: 0 });
    expect(await auditNow(inventory)).toMatchObject(clean);
  });

  it('stays within the quota, and starts below the buffer', async () => {
    const sku = 'RUG';
    await receive(inventory.ask, 'depot', sku, 4);
    await inventory.ask(
      `mutation ($input: SetChannelBufferInput!) { setChannelBuffer(input: $input) { userErrors { code } } }`,
      {
        input: { channel: 'web', sku, amount: 3, idempotencyKey: randomUUID() },
      },
    );
    await setRule({ sku, units: 5 });
    expect(await availability(sku)).toMatchObject({ availableToSell: 6, onShelf: 1 });
    await inventory.ask(
      `mutation ($input: SetChannelQuotaInput!) { setChannelQuota(input: $input) { userErrors { code } } }`,
      {
        input: {
          channel: 'web',
          sku,
          startsAt: '2020-01-01T00:00:00Z',
          endsAt: '2100-01-01T00:00:00Z',
          units: 2,
          idempotencyKey: randomUUID(),
        },
      },
    );
    expect(await availability(sku)).toMatchObject({ availableToSell: 2, limitedBy: 'QUOTA' });
    expect((await stock.hold({ channel: 'web', lines: [{ sku, quantity: 3 }] })).hold).toBeNull();
    expect((await stock.hold({ channel: 'web', lines: [{ sku, quantity: 2 }] })).userErrors).toEqual([]);
  });

  it('is tried by a dry run, and needs a location that serves the channel', async () => {
    const sku = 'DESK';
    await receive(inventory.ask, 'depot', sku, 1);
    const tried = await setRule({ sku, units: 9, dryRun: true });
    expect(tried).toMatchObject({ backOrder: { units: 9 }, changes: [{ before: 1, after: 10 }], userErrors: [] });
    expect(await availability(sku)).toMatchObject({ availableToSell: 1, backOrder: null });
    expect((await setRule({ sku, units: 1, location: 'leeds' })).userErrors).toMatchObject([
      { code: 'NOT_FOUND', path: ['input', 'location'] },
    ]);
    expect(await setRule({ sku, units: 1, location: null })).toEqual({ code: 'BAD_USER_INPUT' });
    expect(await setRule({ sku, units: -1 })).toEqual({ code: 'BAD_USER_INPUT' });
    const key = { idempotencyKey: randomUUID() };
    const done = await setRule({ sku, units: 1, sellableFrom: '2020-01-01T00:00:00Z', ...key });
    expect(await setRule({ sku, units: 1, sellableFrom: '2020-01-01T00:00:00Z', ...key })).toEqual({
      ...done,
      replayed: true,
    });
    expect((await setRule({ sku, units: 2, expectedVersion: 0 })).userErrors).toMatchObject([
      { code: 'VERSION_CONFLICT' },
    ]);
    expect((await setRule({ sku, units: null })).userErrors).toEqual([]);
    expect(await availability(sku)).toMatchObject({ availableToSell: 1, backOrder: null });
  });
});

it('before its first day a channel sells nothing of a variant, others do', async () => {
  const sku = 'NEW';
  await receive(inventory.ask, 'camden', sku, 5);
  await setRule({ sku, units: 0, sellableFrom: '2100-01-01T00:00:00Z' });
  expect(await availability(sku)).toMatchObject({ status: 'PRE_ORDER', availableToSell: 0, limitedBy: 'TOO_EARLY' });
  expect((await stock.hold({ channel: 'web', sku, quantity: 1, location: 'camden' })).hold).toBeNull();
  expect((await stock.hold({ channel: 'app', lines: [{ sku, quantity: 1 }] })).userErrors).toEqual([]);
  await setRule({ sku, units: 0, sellableFrom: '2020-01-01T00:00:00Z' });
  expect(await availability(sku)).toMatchObject({ status: 'LOW_STOCK', availableToSell: 4 });
});

it('no crowd passes the limit, and what may be sold plus what is promised is the same all along', async () => {
  const operation = fc.record({
    kind: fc.constantFrom('hold', 'hold', 'release', 'commit', 'receive', 'count'),
    units: fc.integer({ min: 1, max: 4 }),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.nat(6),
      fc.nat(6),
      fc.array(operation, { minLength: 8, maxLength: 30 }),
      async (there, limit, operations) => {
        const sku = randomUUID();
        if (there > 0) await receive(inventory.ask, 'depot', sku, there);
        await setRule({ sku, units: limit });
        const holds: string[] = [];
        let counted = false;
        for (let i = 0; i < operations.length; i += 5) {
          await Promise.all(
            operations.slice(i, i + 5).map(async ({ kind, units }) => {
              if (kind === 'hold') {
                const { hold } = await stock.hold({ channel: 'web', lines: [{ sku, quantity: units }] });
                if (hold !== null) holds.push(hold.id);
              } else if (kind === 'receive') await receive(inventory.ask, 'depot', sku, units);
              else if (kind === 'count') {
                counted = true;
                await stock.count({ location: 'depot', counts: [{ sku, counted: units }] });
              } else {
                const hold = holds.shift();
                if (hold !== undefined)
                  await (kind === 'release' ? stock.release({ hold }) : stock.commit({ hold, reference: sku }));
              }
            }),
          );
          const { back_ordered, sellable, shortfall } = await backOrdered(sku);
          expect(back_ordered).toBeLessThanOrEqual(limit);
          expect(Math.max(0, -sellable)).toBe(back_ordered + shortfall);
          if (!counted) expect(shortfall).toBe(0);
          expect((await availability(sku)).availableToSell).toBe(Math.max(0, sellable + limit));
        }
      },
    ),
    { numRuns: 8 },
  );
  expect(await auditNow(inventory)).toMatchObject(clean);
}, 60_000);
