import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expireHolds } from '../../../subgraphs/inventory/reservations/expire-holds.ts';
import { type OpenInventory, openInventory } from './open-inventory.ts';
import { addLocation, serveChannel } from './shops.ts';
import { auditNow, clean, receive, stockOperations } from './stock-operations.ts';

let inventory: OpenInventory;
let stock: ReturnType<typeof stockOperations>;

beforeAll(async () => {
  inventory = await openInventory();
  stock = stockOperations(inventory.ask);
  for (const id of ['camden', 'leeds', 'depot']) await addLocation(inventory.db, id);
  await serveChannel(inventory.db, 'pos', ['camden']);
});
afterAll(async () => {
  expect(await auditNow(inventory)).toMatchObject(clean);
  await inventory.close();
});

/** A channel and a SKU of their own, served from the places where there is stock, in that order. */
async function open(where: Record<string, number>): Promise<{ channel: string; sku: string }> {
  const [channel, sku] = [`web-${randomUUID()}`, randomUUID()];
  await serveChannel(inventory.db, channel, Object.keys(where));
  for (const [location, quantity] of Object.entries(where)) await receive(inventory.ask, location, sku, quantity);
  return { channel, sku };
}

async function set(rule: 'Buffer' | 'Quota', input: Record<string, unknown>) {
  const { data, errors } = await inventory.ask(
    `mutation ($input: SetChannel${rule}Input!) { set: setChannel${rule}(input: $input) {
       rule: ${rule === 'Buffer' ? 'buffer { sku kind amount version }' : 'quota { id sku units used version startsAt endsAt }'}
       changes { variant { sku } before after } replayed userErrors { code path ... on VersionConflict { currentVersion } } } }`,
    { input: { idempotencyKey: randomUUID(), ...input } },
  );
  if (errors !== undefined) throw new Error(`${errors[0]?.extensions?.code}`);
  return data.set;
}

async function available(channel: string, sku: string) {
  const { data } = await inventory.ask(
    `query ($r: [_Any!]!, $channel: ID!) { _entities(representations: $r) { ... on ProductVariant { availability(channel: $channel) {
       availableToSell limitedBy status pickup(near: { latitude: 51, longitude: 0 }) { location { id } availableToSell } } } } }`,
    { r: [{ __typename: 'ProductVariant', sku }], channel },
  );
  return data._entities[0].availability;
}

const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
const today = { startsAt: inMinutes(-60), endsAt: inMinutes(60) };

describe('a buffer', () => {
  it('keeps units back at each location, and says so', async () => {
    const { channel, sku } = await open({ camden: 10, leeds: 2 });
    expect(await available(channel, sku)).toMatchObject({ availableToSell: 12, limitedBy: 'STOCK' });
    const { rule, changes } = await set('Buffer', { channel, amount: 3 });
    expect(rule).toEqual({ sku: null, kind: 'UNITS', amount: 3, version: 1 });
    expect(changes).toContainEqual({ variant: { sku }, before: 12, after: 7 });
    expect(await available(channel, sku)).toMatchObject({
      availableToSell: 7,
      limitedBy: 'BUFFER',
      pickup: [{ location: { id: 'camden' }, availableToSell: 7 }],
    });
  });

  it('binds whoever buys in its channel, and nobody else', async () => {
    const { channel, sku } = await open({ camden: 10 });
    await set('Buffer', { channel, sku, amount: 4 });
    const lines = (quantity: number) => [{ sku, quantity, location: 'camden' }];
    expect((await stock.hold({ channel, lines: lines(7) })).userErrors).toMatchObject([{ availableToSell: 6 }]);
    expect((await stock.hold({ channel, lines: lines(6) })).hold.state).toBe('HELD');
    expect((await stock.hold({ channel, lines: [{ sku, quantity: 1 }] })).hold).toBeNull();
    expect((await stock.hold({ channel: 'pos', lines: lines(4) })).hold.state).toBe('HELD');
  });

  it('may be a share of the shelf, or days of what is sold there', async () => {
    const { channel, sku } = await open({ camden: 15 });
    await set('Buffer', { channel, sku, kind: 'PER_CENT', amount: 10 });
    expect(await available(channel, sku)).toMatchObject({ availableToSell: 13 });
    // 14 sold in 28 days are half a unit a day: three days of cover are 1.5 units, so two.
    await stock.adjust({ location: 'camden', sku, delta: 14, reason: 'FOUND', reference: 'r' });
    await stock.sell({ location: 'camden', lines: [{ sku, quantity: 14 }], reference: 's' });
    await set('Buffer', { channel, sku, kind: 'DAYS_OF_COVER', amount: 3 });
    expect(await available(channel, sku)).toMatchObject({ availableToSell: 13, limitedBy: 'BUFFER' });
    await set('Buffer', { channel, sku, kind: 'DAYS_OF_COVER', amount: 4 });
    expect(await available(channel, sku)).toMatchObject({ availableToSell: 13 });
    await set('Buffer', { channel, sku, kind: 'DAYS_OF_COVER', amount: 5 });
    expect(await available(channel, sku)).toMatchObject({ availableToSell: 12 });
  });

  it('of a variant goes before that of the channel, and can be taken away', async () => {
    const { channel, sku } = await open({ camden: 10 });
    await set('Buffer', { channel, amount: 8 });
    await set('Buffer', { channel, sku, amount: 1 });
    expect(await available(channel, sku)).toMatchObject({ availableToSell: 9 });
    const ask = `query ($r: [_Any!]!, $sku: ID!) { _entities(representations: $r) { ... on Channel {
      own: buffer { amount } mug: buffer(sku: $sku) { amount sku } quota(sku: $sku) { units } locations(first: 1) { nodes { id } pageInfo { hasNextPage } } } } }`;
    const { data } = await inventory.ask(ask, {
      r: [channel, 'fax', '\u0000'].map((id) => ({ __typename: 'Channel', id })),
      sku,
    });
    const nothing = { own: null, mug: null, quota: null, locations: { nodes: [], pageInfo: { hasNextPage: false } } };
    expect(data._entities).toEqual([
      {
        own: { amount: 8 },
        mug: { amount: 1, sku },
        quota: null,
        locations: { nodes: [{ id: 'camden' }], pageInfo: { hasNextPage: false } },
      },
      nothing,
      nothing,
    ]);
    expect(await set('Buffer', { channel, sku, amount: null })).toMatchObject({
      rule: null,
      changes: [{ before: 9, after: 2 }],
    });
  });

  it('can be tried: a dry run says what would change, and changes nothing', async () => {
    const { channel, sku } = await open({ camden: 10 });
    const key = randomUUID();
    const input = { channel, amount: 4, idempotencyKey: key };
    const change = { variant: { sku }, before: 10, after: 6 };
    const tried = await set('Buffer', { ...input, dryRun: true });
    expect(tried.rule).toMatchObject({ amount: 4 });
    expect(tried.changes).toContainEqual(change);
    expect(await available(channel, sku)).toMatchObject({ availableToSell: 10 });
    const done = await set('Buffer', input);
    expect(done).toMatchObject({ replayed: false, rule: { version: 1 } });
    expect(done.changes).toContainEqual(change);
    expect(await set('Buffer', input)).toEqual({ ...done, replayed: true });
  });

  it('is refused for a channel that nobody serves, against another version, and out of range', async () => {
    const { channel } = await open({ camden: 1 });
    expect((await set('Buffer', { channel: 'fax', amount: 1 })).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect((await set('Buffer', { channel, amount: 1, expectedVersion: 3 })).userErrors).toMatchObject([
      { code: 'VERSION_CONFLICT', currentVersion: 0 },
    ]);
    expect((await set('Buffer', { channel, amount: 1, expectedVersion: 0 })).userErrors).toEqual([]);
    await expect(set('Buffer', { channel, kind: 'PER_CENT', amount: 101 })).rejects.toThrow('BAD_USER_INPUT');
    await expect(set('Buffer', { channel, amount: -1 })).rejects.toThrow('BAD_USER_INPUT');
  });
});

describe('a quota', () => {
  it('limits what a channel sells in a time, wherever it is taken from', async () => {
    const { channel, sku } = await open({ camden: 10, leeds: 10 });
    const { rule, changes } = await set('Quota', { channel, sku, units: 5, ...today });
    expect(rule).toMatchObject({ units: 5, used: 0, version: 1 });
    expect(changes).toEqual([{ variant: { sku }, before: 20, after: 5 }]);
    expect(await available(channel, sku)).toMatchObject({ availableToSell: 5, limitedBy: 'QUOTA' });
    const lines = ['camden', 'leeds'].map((location) => ({ sku, quantity: 3, location }));
    expect((await stock.hold({ channel, lines })).userErrors).toMatchObject([
      { sku, availableToSell: 5, path: ['input', 'lines', '0'] },
    ]);
    const { hold } = await stock.hold({ channel, lines: [{ sku, quantity: 4 }] });
    expect(await available(channel, sku)).toMatchObject({ availableToSell: 1 });
    await stock.commit({ hold: hold.id, reference: 'order' });
    expect(await available(channel, sku)).toMatchObject({ availableToSell: 1 });
  });

  it('gets back what is released, and what expired, before anybody has tidied up', async () => {
    const { channel, sku } = await open({ camden: 10 });
    await set('Quota', { channel, sku, units: 2, ...today });
    const wanted = { channel, lines: [{ sku, quantity: 2 }] };
    const first = await stock.hold(wanted);
    expect((await stock.hold(wanted)).hold).toBeNull();
    await stock.release({ hold: first.hold.id });
    const second = await stock.hold(wanted);
    const past = { expires_at: new Date(Date.now() - 1_000) };
    await inventory.db.updateTable('stock_hold').set(past).where('id', '=', second.hold.id).execute();
    await inventory.db.updateTable('stock_hold_line').set(past).where('hold_id', '=', second.hold.id).execute();
    expect(await available(channel, sku)).toMatchObject({ availableToSell: 2 });
    expect((await stock.hold(wanted)).hold.state).toBe('HELD');
    expect(await available(channel, sku)).toMatchObject({ availableToSell: 0, limitedBy: 'QUOTA' });
    await expireHolds(inventory.db, new AbortController().signal);
    expect(await available(channel, sku)).toMatchObject({ availableToSell: 0 });
    expect((await stock.hold(wanted)).hold).toBeNull();
  });

  it('binds from its first instant to its last, and never two at once', async () => {
    const { channel, sku } = await open({ camden: 10 });
    await set('Quota', { channel, sku, units: 0, startsAt: inMinutes(-60), endsAt: inMinutes(-1) });
    await set('Quota', { channel, sku, units: 0, startsAt: inMinutes(60), endsAt: inMinutes(90) });
    expect(await available(channel, sku)).toMatchObject({ availableToSell: 10, limitedBy: 'STOCK' });
    const overlapping = await set('Quota', { channel, sku, units: 5, startsAt: inMinutes(-1), endsAt: inMinutes(61) });
    expect(overlapping.userErrors).toMatchObject([{ code: 'OUT_OF_RANGE', path: ['input', 'startsAt'] }]);
    expect(
      (await set('Quota', { channel, sku, units: 5, startsAt: inMinutes(-1), endsAt: inMinutes(59) })).rule.units,
    ).toBe(5);
    await expect(
      set('Quota', { channel, sku, units: 5, startsAt: inMinutes(2), endsAt: inMinutes(1) }),
    ).rejects.toThrow('BAD_USER_INPUT');
  });

  it('is never passed by a crowd, and counts exactly what is kept', async () => {
    const buyer = fc.record({
      quantity: fc.integer({ min: 1, max: 3 }),
      ending: fc.constantFrom('commit', 'release', 'keep'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(buyer, { minLength: 10, maxLength: 40 }), fc.nat(20), async (buyers, units) => {
        const { channel, sku } = await open({ camden: 25, leeds: 25 });
        await set('Quota', { channel, sku, units, ...today });
        const kept = await Promise.all(
          buyers.map(async ({ quantity, ending }) => {
            const { hold } = await stock.hold({ channel, lines: [{ sku, quantity }] });
            if (hold === null) return 0;
            if (ending === 'commit') await stock.commit({ hold: hold.id, reference: 'o' });
            if (ending === 'release') await stock.release({ hold: hold.id });
            return ending === 'release' ? 0 : quantity;
          }),
        );
        const sum = kept.reduce((total, quantity) => total + quantity, 0);
        expect(sum).toBeLessThanOrEqual(units);
        const quota = await inventory.db
          .selectFrom('channel_quota')
          .select('used')
          .where('sku', '=', sku)
          .executeTakeFirst();
        expect(quota?.used).toBe(sum);
      }),
      { numRuns: 15 },
    );
  }, 60_000);
});
