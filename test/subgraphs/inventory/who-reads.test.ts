import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, nobody } from '../../../subgraphs/shared/caller.ts';
import { allStaff, createCaller, customerCalled, partnerOn, tillAt } from '../../support/callers.ts';
import { type OpenInventory, openInventory } from './open-inventory.ts';
import { addLocation, serveChannel } from './shops.ts';
import { receive, stockOperations } from './stock-operations.ts';

let inventory: OpenInventory;
let holds: Readonly<Record<'camden' | 'soho' | 'web', string>>;
let transferId: string;
const [sku, absent] = ['cup', randomUUID()];

const till = tillAt('camden');
const partner = partnerOn('web');
const reader = createCaller('staff', {}, ['stock:read']);
const strangers: readonly Caller[] = [
  nobody,
  customerCalled('ann'),
  createCaller('staff', {}, ['orders:read', 'products:write']),
  createCaller('till', {}, ['till']),
  createCaller('partner', {}, ['partner']),
  createCaller('customer', { location: 'camden', channel: 'web' }, ['stock:read', 'till']),
];

beforeAll(async () => {
  inventory = await openInventory();
  const { db, ask, as } = inventory;
  for (const location of ['camden', 'soho']) {
    await addLocation(db, location, { coordinates_doubt: 'far away', pickups_per_hour: 4 });
    await receive(ask, location, sku, 20);
  }
  await serveChannel(db, 'web', ['camden']);
  await serveChannel(db, 'pos', ['soho']);
  const held = async (caller: Caller, input: Record<string, unknown>): Promise<string> =>
    (await stockOperations(as(caller)).hold({ sku, quantity: 1, ...input })).hold.id;
  holds = {
    camden: await held(till, { location: 'camden' }),
    soho: await held(tillAt('soho'), { location: 'soho' }),
    web: await held(partner, { channel: 'web' }),
  };
  const lines = [{ sku, quantity: 1 }];
  const sent = await stockOperations(ask).send({ from: 'camden', to: 'soho', lines, reference: 'van' });
  transferId = sent.transfer.id;
  const thresholds = [{ low: 50 }];
  for (const scope of [{ location: 'camden' }, { location: 'soho' }, { channel: 'web' }, { channel: 'pos' }]) {
    const input = { ...scope, thresholds, idempotencyKey: randomUUID() };
    await ask('mutation ($input: SetStockThresholdsInput!) { setStockThresholds(input: $input) { replayed } }', {
      input,
    });
  }
}, 60_000);
afterAll(() => inventory.close());

/** All that is not for everybody, by every way into this subgraph; what is seen is counted. */
const everything = `query ($references: [_Any!]!, $transfer: ID!, $camden: ID!, $soho: ID!, $web: ID!) {
  camdenHold: stockHold(id: $camden) { id }
  sohoHold: stockHold(id: $soho) { id }
  webHold: stockHold(id: $web) { id }
  transfer: stockTransfer(id: $transfer) { id }
  web: stockChanges(channel: "web") { changes { committedAt } }
  pos: stockChanges(channel: "pos") { changes { committedAt } }
  _entities(representations: $references) {
    ... on ProductVariant { camden: stockLevel(location: "camden") { id } soho: stockLevel(location: "soho") { id } }
    ... on StockHold { state }
    ... on StockTransfer { reference }
    ... on Location { coordinatesDoubt pickupCapacity { perHour } stockThreshold { low } }
    ... on Channel { quota(sku: "${sku}") { units } stockThreshold { low } }
  }
}`;

async function seenBy(caller: Caller): Promise<Record<string, boolean>> {
  const { data } = await inventory.as(caller)(everything, {
    ...holds,
    transfer: transferId,
    references: [
      { __typename: 'ProductVariant', sku },
      { __typename: 'StockHold', id: holds.soho },
      { __typename: 'StockTransfer', id: transferId },
      { __typename: 'Location', id: 'camden' },
      { __typename: 'Location', id: 'soho' },
      { __typename: 'Channel', id: 'web' },
    ],
  });
  const [variant, hold, transfer, camden, soho, web] = data._entities;
  const seen = {
    'the hold at camden': data.camdenHold,
    'the hold at soho': data.sohoHold,
    'the hold at soho, as an entity': hold,
    'the hold of web': data.webHold,
    'the transfer': data.transfer,
    'the transfer, as an entity': transfer,
    'stock of web': data.web.changes[0],
    'stock of pos': data.pos.changes[0],
    'the level at camden': variant.camden,
    'the level at soho': variant.soho,
    'the capacity of camden': camden.pickupCapacity,
    'the threshold of camden': camden.stockThreshold,
    'the doubt of camden': camden.coordinatesDoubt,
    'the capacity of soho': soho.pickupCapacity,
    'the threshold of web': web.stockThreshold,
  };
  return Object.fromEntries(Object.entries(seen).map(([what, value]) => [what, value !== null && value !== undefined]));
}

const namesSeen = async (caller: Caller): Promise<string[]> =>
  Object.entries(await seenBy(caller)).flatMap(([what, isSeen]) => (isSeen ? [what] : []));

test('staff by scope and services see all of it', async () => {
  for (const caller of [reader, allStaff, createCaller('service')]) {
    const seen = await seenBy(caller);
    expect(Object.entries(seen).filter(([, isSeen]) => !isSeen)).toEqual([]);
  }
});

test('a till sees what is at its location, a partner their channel and what they hold', async () => {
  expect(await namesSeen(till)).toEqual([
    'the hold at camden',
    'the hold of web', // it was taken from camden's shelf
    'the transfer',
    'the transfer, as an entity',
    'the level at camden',
    'the capacity of camden',
    'the threshold of camden',
  ]);
  expect(await namesSeen(partner)).toEqual(['the hold of web', 'stock of web']);
});

test('whom a hold is for, and what was noted, is told to staff and the till of its location, not to the partner who made it', async () => {
  const owner = { kind: 'CART', id: 'basket-7', customerId: 'ann', note: 'will call at six' };
  const { hold } = await stockOperations(inventory.as(partner)).hold({ sku, quantity: 1, channel: 'web', owner });
  const read = async (caller: Caller) => {
    const { data } = await inventory.as(caller)(
      'query ($id: ID!) { stockHold(id: $id) { ownerKind ownerId customerId note } }',
      { id: hold.id },
    );
    return data.stockHold;
  };
  const told = { ownerKind: 'CART', ownerId: 'basket-7', customerId: 'ann', note: 'will call at six' };
  expect(await read(reader)).toEqual(told);
  expect(await read(till)).toEqual(told);
  expect(await read(tillAt('soho'))).toBeNull();
  expect(await read(partner)).toEqual({ ownerKind: 'CART', ownerId: null, customerId: null, note: null });
  await stockOperations(inventory.ask).release({ hold: hold.id });
});

test.each(strangers)('$kind $id sees none of it', async (caller) => {
  expect(await namesSeen(caller)).toEqual([]);
});

test('a till reads the alerts of its location, and none of another’s', async () => {
  await inventory.db.deleteFrom('stock_alert').execute();
  await inventory.db
    .insertInto('stock_alert')
    .values(
      ['camden', 'soho'].map((scope_id) => ({
        id: randomUUID(),
        kind: 'LOW' as const,
        scope_kind: 'LOCATION' as const,
        scope_id,
        sku,
        quantity: 1,
        threshold: 50,
        promises: '[]',
        opened_at: new Date(),
        closed_at: null,
        sequence: 1,
        version: 1,
      })),
    )
    .execute();
  const query =
    'query ($location: ID, $channel: ID) { stockAlerts(location: $location, channel: $channel) { nodes { location { id } } } }';
  const read = async (caller: Caller, scope: object = {}) =>
    (await inventory.as(caller)(query, { ...scope })).data.stockAlerts.nodes.map(
      ({ location }: { location: { id: string } }) => location.id,
    );
  expect((await read(reader)).sort()).toEqual(['camden', 'soho']);
  expect(await read(till)).toEqual(['camden']);
  expect(await read(till, { location: 'soho' })).toEqual([]);
  expect(await read(till, { channel: 'web' })).toEqual([]);
  expect(await read(partner)).toEqual([]);
  expect(await read(nobody)).toEqual([]);
});

test('another’s hold cannot be used, and looks exactly like one that does not exist', async () => {
  const mutations = {
    extendHold: { type: 'ExtendHoldInput', rest: { minutes: 5 } },
    releaseHold: { type: 'ReleaseHoldInput', rest: {} },
    commitHold: { type: 'CommitHoldInput', rest: { reference: 'mine' } },
  };
  for (const [field, { type, rest }] of Object.entries(mutations)) {
    const query = `mutation ($input: ${type}!) { ${field}(input: $input) { hold { id } replayed userErrors { code message path } } }`;
    for (const caller of [till, partner, ...strangers]) {
      const told = async (hold: string) =>
        JSON.stringify(await inventory.as(caller)(query, { input: { hold, ...rest, idempotencyKey: randomUUID() } }));
      expect(await told(holds.soho), `${field} by ${caller.id}`).toBe(await told(absent));
    }
  }
  const { data } = await inventory.as(tillAt('soho'))(`{ stockHold(id: "${holds.soho}") { state } }`);
  expect(data.stockHold.state).toBe('HELD');
});

test('a till of the same location, and staff, may use a hold; its maker is told again what they were told', async () => {
  const other = { ...till, id: 'another till' };
  const idempotencyKey = randomUUID();
  const operations = stockOperations(inventory.as(other));
  expect(await operations.extend({ hold: holds.camden, minutes: 30, idempotencyKey })).toMatchObject({
    userErrors: [],
  });
  expect(await operations.extend({ hold: holds.camden, minutes: 30, idempotencyKey })).toMatchObject({
    replayed: true,
  });
  expect(await stockOperations(inventory.ask).extend({ hold: holds.web, minutes: 20 })).toMatchObject({
    userErrors: [],
  });
  expect(await stockOperations(inventory.as(partner)).extend({ hold: holds.web, minutes: 30 })).toMatchObject({
    userErrors: [],
  });
});

test('the same idempotency key of two callers is two keys, and the ledger names each', async () => {
  const input = { location: 'camden', lines: [{ sku, quantity: 1 }], reference: 'r', idempotencyKey: 'Monday 1' };
  const [one, other] = ['camden-1', 'camden-2'].map((id) => stockOperations(inventory.as({ ...till, id })));
  expect(await one?.sell(input)).toMatchObject({ replayed: false, userErrors: [] });
  expect(await other?.sell({ ...input, lines: [{ sku, quantity: 2 }] })).toMatchObject({
    replayed: false,
    userErrors: [],
  });
  expect(await one?.sell(input)).toMatchObject({ replayed: true });
  const { movements } = await stockOperations(inventory.ask).level('camden', sku);
  const actors = movements.nodes.map(({ kind, actor }: { kind: string; actor: string }) => `${kind} ${actor}`);
  expect(actors).toContain('RECEIVED staff:staff');
  expect(actors.slice(-2)).toEqual(['SOLD till:camden-1', 'SOLD till:camden-2']);
});

const key = { idempotencyKey: 'k' };
const lines = [{ sku, quantity: 1 }];
const at = (location: string) => ({
  recordStockCount: { location, counts: [{ sku, counted: 1 }], ...key },
  recordStockSale: { location, lines, reference: 'r', ...key },
  recordStockReturn: { location, lines: [{ sku, quantity: 1, disposition: 'RESTOCK' }], reference: 'r', ...key },
  holdStock: { location, sku, quantity: 1, owner: {}, minutes: 1, ...key },
});
const forStaff = {
  adjustStock: { location: 'camden', sku, delta: 1, reason: 'FOUND', reference: 'r', ...key },
  settleAllocation: { location: 'camden', lines, outcome: 'SHIPPED', reference: 'r', ...key },
  setStockLevels: {
    rows: [{ location: 'camden', sku, number: 'ON_HAND', value: 1, compare: 1 }],
    errorPolicy: 'REJECT_EVERYTHING',
    reference: 'r',
    ...key,
  },
  adjustStockLevels: {
    rows: [{ location: 'camden', sku, number: 'ON_HAND', delta: 1 }],
    errorPolicy: 'REJECT_EVERYTHING',
    reference: 'r',
    ...key,
  },
  sendStockTransfer: { from: 'camden', to: 'soho', lines, reference: 'r', ...key },
  receiveStockTransfer: { transfer: absent, lines: [{ sku, received: 1 }], isComplete: true, ...key },
  setChannelBuffer: { channel: 'web', amount: 1, ...key },
  setChannelQuota: {
    channel: 'web',
    sku,
    startsAt: '2011-01-01T00:00:00Z',
    endsAt: '2012-01-01T00:00:00Z',
    units: 1,
    ...key,
  },
  setChannelBackOrder: { channel: 'web', sku, location: 'camden', units: 1, ...key },
  setBundleParts: { sku: 'set', parts: [], ...key },
  setPickupCapacity: { location: 'camden', perHour: 1, ...key },
  setStockThresholds: { location: 'camden', thresholds: [{ low: 1 }], ...key },
};

async function codesOf(caller: Caller, commands: Readonly<Record<string, object>>): Promise<Record<string, unknown>> {
  const codes = Object.entries(commands).map(async ([field, input]) => {
    const type = `${field[0]?.toUpperCase()}${field.slice(1)}Input`;
    const { code, data } = await inventory.as(caller)(
      `mutation ($input: ${type}!) { ${field}(input: $input) { userErrors { code } } }`,
      // A key of its own: commands that are sent at once under one key wait for each other.
      { input: 'idempotencyKey' in input ? { ...input, idempotencyKey: `${field} ${input.idempotencyKey}` } : input },
    );
    return [field, code ?? (data === null ? 'no data' : 'allowed')] as const;
  });
  return Object.fromEntries(await Promise.all(codes));
}
const each = (commands: object, verdict: string) =>
  Object.fromEntries(Object.keys(commands).map((field) => [field, verdict]));

test('who may change what: another’s location is refused whether there is one or not', async () => {
  const clerk = createCaller('till', { location: 'camden' }, ['till']);
  for (const location of ['soho', 'nowhere']) {
    expect(await codesOf(clerk, at(location))).toEqual(each(at(location), 'FORBIDDEN'));
  }
  expect(await codesOf(clerk, at('camden'))).toEqual(each(at('camden'), 'allowed'));
  for (const caller of [clerk, partner, reader, ...strangers]) {
    expect(await codesOf(caller, forStaff), caller.id).toEqual(each(forStaff, 'FORBIDDEN'));
  }
  for (const caller of [partner, reader, ...strangers]) {
    expect(await codesOf(caller, at('camden')), caller.id).toEqual(each(at('camden'), 'FORBIDDEN'));
  }
  const writer = createCaller('staff', {}, ['stock:write']);
  expect(await codesOf(writer, { ...at('soho'), ...forStaff })).toEqual(
    each({ ...at('soho'), ...forStaff }, 'allowed'),
  );
});

test('a partner holds in their channel, where it says', async () => {
  const hold = { sku, quantity: 1, owner: {}, minutes: 1 };
  const tries = {
    own: { ...hold, channel: 'web', idempotencyKey: 'own' },
    other: { ...hold, channel: 'pos', idempotencyKey: 'other' },
    named: { ...hold, channel: 'web', location: 'soho', idempotencyKey: 'named' },
  };
  const verdict = async (holdStock: object) => (await codesOf(partner, { holdStock })).holdStock;
  expect(await verdict(tries.own)).toBe('allowed');
  expect(await verdict(tries.other)).toBe('FORBIDDEN');
  expect(await verdict(tries.named)).toBe('FORBIDDEN');
});

test('what differs in an audit is for staff, the rest of it for everybody', async () => {
  const query = '{ stockAudit { checkedLevels oversold differences { sku } } }';
  expect((await inventory.as(nobody)(query)).data.stockAudit).toMatchObject({ oversold: 0, differences: [] });
});
