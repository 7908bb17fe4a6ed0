import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { raiseEpoch } from '../../../db/change-feed/feed-state.ts';
import { sequenceChanges } from '../../../db/change-feed/sequence.ts';
import { raiseAlerts } from '../../../subgraphs/inventory/alerts/raise-alerts.ts';
import { type OpenInventory, openInventory } from './open-inventory.ts';
import { addLocation, serveChannel } from './shops.ts';
import { receive, stockOperations } from './stock-operations.ts';

let inventory: OpenInventory;
let stock: ReturnType<typeof stockOperations>;

beforeAll(async () => {
  inventory = await openInventory();
  stock = stockOperations(inventory.ask);
  for (const id of ['camden', 'soho', 'leeds']) await addLocation(inventory.db, id);
  await serveChannel(inventory.db, 'web', ['camden', 'soho']);
  await serveChannel(inventory.db, 'app', ['camden', 'soho']);
});
afterAll(() => inventory.close());

/** Numbers what is committed, and lets the job look until there is nothing more. */
async function settle(): Promise<void> {
  const { signal } = new AbortController();
  while ((await sequenceChanges(inventory.db)) > 0) while (await raiseAlerts(inventory.db, signal));
}

async function setThresholds(input: Record<string, unknown>) {
  const { data, errors, code } = await inventory.ask(
    `mutation ($input: SetStockThresholdsInput!) { setStockThresholds(input: $input) {
       thresholds { sku low margin backInStockAt version } replayed userErrors { code path ... on VersionConflict { currentVersion } } } }`,
    { input: { idempotencyKey: randomUUID(), ...input } },
  );
  return errors === undefined ? data.setStockThresholds : { code };
}

interface Listed {
  readonly kind: string;
  readonly isOpen: boolean;
}

async function listAlerts(filter: Record<string, unknown>, fields = ''): Promise<Listed[]> {
  await settle();
  const { data, errors } = await inventory.ask(
    `query ($location: ID, $channel: ID, $sku: ID, $kinds: [StockAlertKind!], $isOpen: Boolean) {
       stockAlerts(location: $location, channel: $channel, sku: $sku, kinds: $kinds, isOpen: $isOpen, first: 100) {
         nodes { kind isOpen quantity threshold version ${fields} } } }`,
    filter,
  );
  expect(errors).toBeUndefined();
  return data.stockAlerts.nodes;
}

/** Alerts as text, the earliest first. */
const story = async (filter: Record<string, unknown>) =>
  (await listAlerts(filter)).map(({ kind, isOpen }) => `${kind}${isOpen ? ' open' : ''}`).reverse();

const move = (location: string, sku: string, delta: number) =>
  delta > 0
    ? receive(inventory.ask, location, sku, delta)
    : stock.sell({ location, lines: [{ sku, quantity: -delta }], reference: 's' });

describe('thresholds', () => {
  it('tell of each crossing once, and not of what goes up and down around them', async () => {
    const sku = 'CUP';
    await move('camden', sku, 10);
    await setThresholds({ location: 'camden', thresholds: [{ sku, low: 3, margin: 2 }] });
    expect(await story({ sku })).toEqual([]);
    await move('camden', sku, -7);
    expect(await story({ sku })).toEqual(['LOW open']);
    for (const delta of [1, -1, 1, -2, 1]) await move('camden', sku, delta); // 4, 3, 4, 2, 3
    expect(await story({ sku })).toEqual(['LOW open']);
    await move('camden', sku, 2); // 5 = low + margin
    expect(await story({ sku })).toEqual(['LOW']);
    await move('camden', sku, -5);
    expect(await story({ sku })).toEqual(['LOW', 'OUT open']);
    await move('camden', sku, 4);
    expect(await story({ sku })).toEqual(['LOW', 'OUT', 'BACK_IN_STOCK', 'LOW open']);
    await setThresholds({ location: 'camden', thresholds: [{ sku, low: null }] });
    expect(await story({ sku })).toEqual(['LOW', 'OUT', 'BACK_IN_STOCK', 'LOW']);
  });

  it('of a channel judge what it can sell over all its locations', async () => {
    const sku = 'PLATE';
    await move('camden', sku, 3);
    await move('soho', sku, 3);
    await setThresholds({ channel: 'web', thresholds: [{ sku, low: 4, margin: 1, backInStockAt: 2 }] });
    expect(await story({ sku })).toEqual([]);
    await move('camden', sku, -2);
    expect(await listAlerts({ channel: 'web', sku }, 'channel { id } location { id }')).toMatchObject([
      { kind: 'LOW', quantity: 4, threshold: 4, channel: { id: 'web' }, location: null },
    ]);
    await move('camden', sku, -1);
    await move('soho', sku, -3);
    expect(await story({ sku })).toEqual(['LOW', 'OUT open']);
    await move('soho', sku, 1);
    expect(await story({ sku })).toEqual(['LOW', 'OUT open']); // back with two only
    await move('soho', sku, 1);
    expect(await story({ sku })).toEqual(['LOW', 'OUT', 'BACK_IN_STOCK', 'LOW open']);
    expect(await story({ channel: 'app', sku })).toEqual([]);
  });

  it('of a channel hear of its buffer as well', async () => {
    const sku = 'VASE';
    await move('camden', sku, 5);
    await setThresholds({ channel: 'app', thresholds: [{ sku, low: 1 }] });
    expect(await story({ sku })).toEqual([]);
    await inventory.ask(
      `mutation ($input: SetChannelBufferInput!) { setChannelBuffer(input: $input) { userErrors { code } } }`,
      {
        input: { channel: 'app', sku, amount: 4, idempotencyKey: randomUUID() },
      },
    );
    expect(await story({ sku })).toEqual(['LOW open']);
  });

  it('of every variant stand behind those of one, and count what is low already', async () => {
    await move('leeds', 'A', 1);
    await move('leeds', 'B', 1);
    await setThresholds({ location: 'leeds', thresholds: [{ low: 2 }, { sku: 'B', low: 0 }] });
    expect(await story({ location: 'leeds' })).toEqual(['LOW open']);
    const { data } = await inventory.ask(
      '{ location(id: "leeds") { a: stockThreshold(sku: "A") { sku low } b: stockThreshold(sku: "B") { sku low version } } }',
    );
    expect(data.location).toEqual({ a: { sku: null, low: 2 }, b: { sku: 'B', low: 0, version: 1 } });
  });

  it('refuse what makes no sense, and what was changed meanwhile', async () => {
    const thresholds = [{ sku: 'CUP', low: 1 }];
    expect(await setThresholds({ thresholds })).toEqual({ code: 'BAD_USER_INPUT' });
    expect(await setThresholds({ location: 'camden', channel: 'web', thresholds })).toEqual({ code: 'BAD_USER_INPUT' });
    for (const bad of [[], [...thresholds, ...thresholds], [{ low: -1 }], [{ low: 1, margin: 0 }]]) {
      expect(await setThresholds({ location: 'camden', thresholds: bad })).toEqual({ code: 'BAD_USER_INPUT' });
    }
    expect(await setThresholds({ channel: 'nobody', thresholds })).toMatchObject({
      thresholds: null,
      userErrors: [{ code: 'NOT_FOUND', path: ['input', 'channel'] }],
    });
    const key = { idempotencyKey: randomUUID() };
    const first = await setThresholds({ location: 'soho', thresholds, ...key });
    expect(first.thresholds).toEqual([{ sku: 'CUP', low: 1, margin: 1, backInStockAt: 1, version: 1 }]);
    expect(await setThresholds({ location: 'soho', thresholds, ...key })).toEqual({ ...first, replayed: true });
    const late = await setThresholds({ location: 'soho', thresholds: [{ sku: 'CUP', low: 5, expectedVersion: 0 }] });
    expect(late.userErrors).toMatchObject([{ code: 'VERSION_CONFLICT', currentVersion: 1 }]);
  });
});

it('a shortfall names the weakest promise and what could be done', async () => {
  const sku = 'JUG';
  await move('soho', sku, 6);
  await move('camden', sku, 9);
  const ordered = await stock.hold({ location: 'soho', sku, quantity: 2, owner: { kind: 'CART' } });
  await stock.commit({ hold: ordered.hold.id, reference: 'order-1' });
  await stock.hold({ location: 'soho', sku, quantity: 1, owner: { kind: 'CART' } });
  const younger = await stock.hold({ location: 'soho', sku, quantity: 1, owner: { kind: 'CART' } });
  const tryOn = await stock.hold({ location: 'soho', sku, quantity: 1, owner: { kind: 'TRY_ON' } });
  await stock.count({ location: 'soho', counts: [{ sku, counted: 3 }] });
  const fields = `location { id } weakestPromise { kind id ownerKind } promises { kind id quantity }
    suggestions { kind quantity location { id } promise { id } variant { sku } }`;
  const [alert] = await listAlerts({ location: 'soho', sku }, fields);
  expect(alert).toMatchObject({
    kind: 'SHORTFALL',
    quantity: 2,
    threshold: null,
    weakestPromise: { kind: 'HOLD', id: tryOn.hold.id, ownerKind: 'TRY_ON' },
    promises: [{ id: tryOn.hold.id }, { id: younger.hold.id }],
    suggestions: [
      { kind: 'MOVE_FROM', quantity: 2, location: { id: 'camden' } },
      { kind: 'SUBSTITUTE', variant: { sku } },
      { kind: 'CANCEL', promise: { id: tryOn.hold.id } },
      { kind: 'CANCEL', promise: { id: younger.hold.id } },
    ],
  });
  await stock.release({ hold: tryOn.hold.id });
  expect(await listAlerts({ sku }, fields)).toMatchObject([
    { isOpen: true, quantity: 1, version: 2, weakestPromise: { id: younger.hold.id } },
  ]);
  await stock.release({ hold: younger.hold.id });
  expect(await listAlerts({ sku }, fields)).toMatchObject([{ isOpen: false, version: 3, suggestions: [] }]);
});

it('a quota that facts have passed is told of, until it is not passed any more', async () => {
  const sku = 'TEAPOT';
  await move('camden', sku, 20);
  const quota = { channel: 'web', sku, startsAt: '2020-01-01T00:00:00Z', endsAt: '2100-01-01T00:00:00Z' };
  const setQuota = (units: number) =>
    inventory.ask(
      `mutation ($input: SetChannelQuotaInput!) { setChannelQuota(input: $input) { userErrors { code } } }`,
      {
        input: { ...quota, units, idempotencyKey: randomUUID() },
      },
    );
  await setQuota(5);
  const { hold } = await stock.hold({ channel: 'web', sku, quantity: 3, lines: undefined, location: 'camden' });
  await stock.sell({ location: 'camden', channel: 'web', lines: [{ sku, quantity: 2 }], reference: 's' });
  expect(await story({ sku })).toEqual([]);
  // The quota is kept from here on: no hold passes it, only facts do.
  const refused = await stock.hold({ channel: 'web', sku, quantity: 1, location: 'camden' });
  expect(refused.userErrors).toMatchObject([{ code: 'INSUFFICIENT_STOCK', availableToSell: 0 }]);
  await stock.sell({ location: 'camden', channel: 'web', lines: [{ sku, quantity: 2 }], reference: 's' });
  expect(await listAlerts({ channel: 'web', sku })).toMatchObject([{ kind: 'OVER_QUOTA', quantity: 2, threshold: 5 }]);
  await stock.release({ hold: hold.id });
  expect(await story({ sku })).toEqual(['OVER_QUOTA']);
  await setQuota(1);
  expect(await story({ sku })).toEqual(['OVER_QUOTA', 'OVER_QUOTA open']);
});

it('after a restore of the database everything that is watched is looked at again, and nothing is told twice', async () => {
  await settle();
  const before = await listAlerts({});
  await raiseEpoch(inventory.db);
  await inventory.db.updateTable('stock_level').set({ safety_stock: 0 }).execute();
  expect(await listAlerts({})).toEqual(before);
  await move('camden', 'CUP', -1);
  expect(await listAlerts({})).toHaveLength(before.length);
});

it('lists pages of alerts, the latest first, and refuses foreign cursors', async () => {
  const query = `query ($after: String, $sku: ID) { stockAlerts(first: 2, after: $after, sku: $sku) {
    nodes { id } pageInfo { hasNextPage endCursor } } }`;
  const all = await listAlerts({}, 'id');
  const seen: unknown[] = [];
  let after: string | null = null;
  do {
    const { data } = await inventory.ask(query, { after });
    seen.push(...data.stockAlerts.nodes.map(({ id }: { id: string }) => id));
    after = data.stockAlerts.pageInfo.hasNextPage ? data.stockAlerts.pageInfo.endCursor : null;
    if (after !== null) expect((await inventory.ask(query, { after, sku: 'CUP' })).code).toBe('BAD_USER_INPUT');
  } while (after !== null);
  expect(seen).toEqual(all.map((alert) => (alert as unknown as { id: string }).id));
});
