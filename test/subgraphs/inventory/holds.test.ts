import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expireHolds } from '../../../subgraphs/inventory/reservations/expire-holds.ts';
import { type OpenInventory, openInventory } from './open-inventory.ts';
import { addLocation, serveChannel } from './shops.ts';
import { auditNow, clean, receive, stockOperations } from './stock-operations.ts';

let inventory: OpenInventory;
let stock: ReturnType<typeof stockOperations>;
const signal = new AbortController().signal;

beforeAll(async () => {
  inventory = await openInventory();
  stock = stockOperations(inventory.ask);
  await addLocation(inventory.db, 'camden', { latitude: 51.54, longitude: -0.14 });
  await addLocation(inventory.db, 'brighton', { latitude: 50.82, longitude: -0.14 });
  await addLocation(inventory.db, 'leeds', { latitude: 53.8, longitude: -1.55 });
  await serveChannel(inventory.db, 'web', ['camden', 'brighton', 'leeds']);
});
afterAll(async () => {
  expect(await auditNow(inventory)).toMatchObject(clean);
  await inventory.close();
});

/** A SKU of its own for each test, with stock. */
async function stockUp(where: Record<string, number>): Promise<string> {
  const sku = `SKU-${randomUUID().slice(0, 8)}`;
  for (const [location, quantity] of Object.entries(where)) await receive(inventory.ask, location, sku, quantity);
  return sku;
}

/** Time passes for a hold, in the database, where it is told. */
async function letExpire(holdId: string): Promise<void> {
  const past = { expires_at: new Date(Date.now() - 60_000) };
  await inventory.db.updateTable('stock_hold').set(past).where('id', '=', holdId).execute();
  await inventory.db.updateTable('stock_hold_line').set(past).where('hold_id', '=', holdId).execute();
}

describe('a hold', () => {
  it('keeps stock until it is committed to an order, and the ledger tells how', async () => {
    const sku = await stockUp({ camden: 5 });
    const { hold, userErrors, replayed } = await stock.hold({ location: 'camden', sku, quantity: 2, minutes: 30 });
    expect([userErrors, replayed]).toEqual([[], false]);
    expect(hold).toMatchObject({
      state: 'HELD',
      lines: [{ quantity: 2, variant: { sku }, location: { id: 'camden' } }],
    });
    expect(Date.parse(hold.expiresAt) - Date.parse(hold.createdAt)).toBe(30 * 60_000);
    expect(await stock.level('camden', sku)).toMatchObject({ onHand: 5, held: 2, sellable: 3, version: 2 });

    expect((await stock.commit({ hold: hold.id, reference: 'order 7' })).hold.state).toBe('COMMITTED');
    const level = await stock.level('camden', sku);
    expect(level).toMatchObject({ onHand: 5, held: 0, allocated: 2, sellable: 3, version: 3 });
    expect(level.movements.nodes).toMatchObject([
      { kind: 'RECEIVED', quantity: 5, onHandAfter: 5, heldAfter: 0, cause: { kind: 'RECEIVED', id: 'delivery' } },
      { kind: 'HELD', quantity: 2, onHandAfter: 5, heldAfter: 2, cause: { kind: 'HOLD', id: hold.id } },
      { kind: 'ALLOCATED', quantity: 2, heldAfter: 0, allocatedAfter: 2, cause: { kind: 'ORDER', id: 'order 7' } },
    ]);
  });

  it('becomes a sale when the goods are handed over', async () => {
    const sku = await stockUp({ camden: 5 });
    const { hold } = await stock.hold({ location: 'camden', sku, quantity: 2 });
    await stock.commit({ hold: hold.id, as: 'SELL', reference: 'receipt 1' });
    expect(await stock.level('camden', sku)).toMatchObject({ onHand: 3, held: 0, allocated: 0, sellable: 3 });
  });

  it('gives back what it keeps when it is released', async () => {
    const sku = await stockUp({ camden: 5 });
    const { hold } = await stock.hold({ location: 'camden', sku, quantity: 5 });
    expect((await stock.release({ hold: hold.id })).hold.state).toBe('RELEASED');
    expect(await stock.level('camden', sku)).toMatchObject({ onHand: 5, held: 0, sellable: 5 });
    // Once more, and by somebody else: it has what it wanted.
    expect(await stock.release({ hold: hold.id })).toMatchObject({ hold: { state: 'RELEASED' }, userErrors: [] });
    const late = await stock.commit({ hold: hold.id, reference: 'order 8' });
    expect(late.userErrors).toMatchObject([{ code: 'HOLD_NOT_ACTIVE', state: 'RELEASED' }]);
  });

  it('is refused when less is left, and says where else it can be had', async () => {
    const sku = await stockUp({ camden: 1, brighton: 9, leeds: 3 });
    const { hold, userErrors } = await stock.hold({ location: 'camden', sku, quantity: 3 });
    expect(hold).toBeNull();
    expect(userErrors).toMatchObject([
      {
        code: 'INSUFFICIENT_STOCK',
        sku,
        availableToSell: 1,
        path: ['input'],
        alternatives: [
          { kind: 'OTHER_LOCATION', location: { id: 'brighton' }, availableToSell: 9 },
          { location: { id: 'leeds' }, availableToSell: 3 },
        ],
      },
    ]);
    expect((await stock.hold({ location: 'camden', sku: 'never seen', quantity: 1 })).userErrors).toMatchObject([
      { availableToSell: 0, alternatives: [] },
    ]);
  });

  it('holds all lines or none', async () => {
    const [mug, cup] = [await stockUp({ camden: 5 }), await stockUp({ camden: 1 })];
    const lines = [
      { sku: mug, quantity: 2, location: 'camden' },
      { sku: cup, quantity: 2, location: 'camden' },
    ];
    expect((await stock.hold({ lines })).userErrors).toMatchObject([{ sku: cup, path: ['input', 'lines', '1'] }]);
    expect(await stock.level('camden', mug)).toMatchObject({ held: 0, version: 1 });
  });

  it('sums the same SKU on two lines before it looks', async () => {
    const sku = await stockUp({ camden: 3 });
    const line = { sku, quantity: 2, location: 'camden' };
    expect((await stock.hold({ lines: [line, line] })).userErrors).toMatchObject([{ availableToSell: 3 }]);
    const { hold } = await stock.hold({ lines: [{ ...line, quantity: 1 }, line] });
    expect(hold.lines).toMatchObject([{ quantity: 3 }]);
  });

  it('takes from the channel’s first location that has it all, else from several', async () => {
    const sku = await stockUp({ camden: 2, brighton: 4, leeds: 1 });
    const all = await stock.hold({ channel: 'web', lines: [{ sku, quantity: 4 }] });
    expect(all.hold.lines).toMatchObject([{ quantity: 4, location: { id: 'brighton' } }]);
    const split = await stock.hold({ channel: 'web', lines: [{ sku, quantity: 3 }] });
    expect(split.hold.lines).toMatchObject([
      { quantity: 2, location: { id: 'camden' } },
      { quantity: 1, location: { id: 'leeds' } },
    ]);
    const none = await stock.hold({ channel: 'web', lines: [{ sku, quantity: 1 }] });
    expect(none.userErrors).toMatchObject([{ code: 'INSUFFICIENT_STOCK', availableToSell: 0 }]);
  });

  it('does not let two lines take the same unit, one by name and one by channel', async () => {
    const sku = await stockUp({ camden: 3 });
    const lines = [
      { sku, quantity: 2 },
      { sku, quantity: 2, location: 'camden' },
    ];
    expect((await stock.hold({ channel: 'web', lines })).userErrors).toMatchObject([
      { path: ['input', 'lines', '0'], availableToSell: 1 },
    ]);
  });

  it.each([0, -1, 10_001, 2_147_483_647])('of %i pieces is bad input', async (quantity) => {
    await expect(stock.hold({ location: 'camden', sku: 'A', quantity })).rejects.toThrow('BAD_USER_INPUT');
  });

  it.each([
    ['a quantity of 1.5', { quantity: 1.5 }],
    ['a quantity of 2³¹', { quantity: 2_147_483_648 }],
    ['no SKU', { sku: null }],
    ['a NUL', { sku: 'a\u0000' }],
    ['half a surrogate pair', { sku: '\ud800' }],
    ['no minutes', { minutes: 0 }],
    ['more than a day', { minutes: 1_441 }],
    [
      '101 lines',
      { sku: null, quantity: null, location: null, lines: Array(101).fill({ sku: 'A', quantity: 1, location: 'x' }) },
    ],
    ['lines and a SKU', { lines: [{ sku: 'A', quantity: 1, location: 'x' }] }],
    ['neither location nor channel', { location: null }],
    ['an empty key', { idempotencyKey: '' }],
  ])('with %s is bad input', async (_name, input) => {
    await expect(stock.hold({ location: 'camden', sku: 'A', quantity: 1, ...input })).rejects.toThrow('BAD_USER_INPUT');
  });
});

describe('a key', () => {
  it('gives the first answer again, whatever happened since', async () => {
    const sku = await stockUp({ camden: 1 });
    const input = { location: 'camden', sku, quantity: 1, idempotencyKey: randomUUID() };
    const first = await stock.hold(input);
    const again = await stock.hold(input);
    expect(again).toEqual({ ...first, replayed: true });
    await stock.release({ hold: first.hold.id });
    expect(await stock.hold(input)).toEqual({ ...first, replayed: true });
    expect(await stock.level('camden', sku)).toMatchObject({ held: 0, version: 3 });
  });

  it('gives a refusal again, even if there is stock by now', async () => {
    const sku = await stockUp({ camden: 1 });
    const input = { location: 'camden', sku, quantity: 2, idempotencyKey: randomUUID() };
    expect((await stock.hold(input)).userErrors).toHaveLength(1);
    await receive(inventory.ask, 'camden', sku, 9);
    expect(await stock.hold(input)).toMatchObject({ replayed: true, hold: null, userErrors: [{ availableToSell: 1 }] });
  });

  it('belongs to one input and one mutation', async () => {
    const sku = await stockUp({ camden: 5 });
    const input = { location: 'camden', sku, quantity: 1, idempotencyKey: randomUUID() };
    const { hold } = await stock.hold(input);
    const reused = [{ code: 'IDEMPOTENCY_KEY_REUSED' }];
    expect((await stock.hold({ ...input, quantity: 2 })).userErrors).toMatchObject(reused);
    const { idempotencyKey } = input;
    expect((await stock.release({ hold: hold.id, idempotencyKey })).userErrors).toMatchObject(reused);
    const count = { location: 'camden', counts: [{ sku, counted: 1 }], idempotencyKey };
    expect((await stock.count(count)).userErrors).toMatchObject(reused);
    expect(await stock.level('camden', sku)).toMatchObject({ held: 1, onHand: 5 });
  });

  it('acts once however often it comes at the same time', async () => {
    const sku = await stockUp({ camden: 50 });
    const input = { location: 'camden', sku, quantity: 1, idempotencyKey: randomUUID() };
    const answers = await Promise.all(Array.from({ length: 40 }, () => stock.hold(input)));
    expect(new Set(answers.map((answer) => answer.hold.id)).size).toBe(1);
    expect(answers.filter((answer) => !answer.replayed)).toHaveLength(1);
    expect(await stock.level('camden', sku)).toMatchObject({ held: 1 });
  });
});

describe('expiry', () => {
  it('is decided by time and not by a sweep', async () => {
    const sku = await stockUp({ camden: 1 });
    const { hold } = await stock.hold({ location: 'camden', sku, quantity: 1 });
    await letExpire(hold.id);
    const { data } = await inventory.ask('query ($id: ID!) { stockHold(id: $id) { state } }', { id: hold.id });
    expect(data.stockHold.state).toBe('EXPIRED');
    expect((await stock.commit({ hold: hold.id, reference: 'order' })).userErrors).toMatchObject([
      { state: 'EXPIRED' },
    ]);
    expect((await stock.extend({ hold: hold.id, minutes: 5 })).userErrors).toMatchObject([{ state: 'EXPIRED' }]);
    expect((await stock.release({ hold: hold.id })).userErrors).toEqual([]);
  });

  it('lets the next buyer have what it kept', async () => {
    const sku = await stockUp({ camden: 2 });
    const first = await stock.hold({ location: 'camden', sku, quantity: 2 });
    expect((await stock.hold({ location: 'camden', sku, quantity: 1 })).hold).toBeNull();
    await letExpire(first.hold.id);
    expect((await stock.hold({ location: 'camden', sku, quantity: 1 })).hold.state).toBe('HELD');
    expect(await stock.level('camden', sku)).toMatchObject({ held: 1, sellable: 1 });
    expect((await stock.commit({ hold: first.hold.id, reference: 'order' })).userErrors).toMatchObject([
      { state: 'EXPIRED' },
    ]);
  });

  it('gives back each line when somebody needs it there, and the rest in the sweep', async () => {
    const sku = await stockUp({ camden: 1, leeds: 1 });
    const lines = ['camden', 'leeds'].map((location) => ({ sku, quantity: 1, location }));
    const { hold } = await stock.hold({ lines });
    await letExpire(hold.id);
    expect((await stock.hold({ location: 'camden', sku, quantity: 1 })).hold.state).toBe('HELD');
    expect(await stock.level('leeds', sku)).toMatchObject({ held: 1 });
    expect(await expireHolds(inventory.db, signal)).toBeGreaterThan(0);
    expect(await stock.level('leeds', sku)).toMatchObject({ held: 0 });
    expect(await expireHolds(inventory.db, signal)).toBe(0);
    expect(await stock.level('camden', sku)).toMatchObject({ held: 1 });
  });

  it('is found by buyers of a channel, too', async () => {
    const sku = await stockUp({ brighton: 1 });
    const { hold } = await stock.hold({ channel: 'web', lines: [{ sku, quantity: 1 }] });
    await letExpire(hold.id);
    expect((await stock.hold({ channel: 'web', lines: [{ sku, quantity: 1 }] })).hold.state).toBe('HELD');
  });

  it('comes later when somebody is still there, and never sooner', async () => {
    const sku = await stockUp({ camden: 1 });
    const { hold } = await stock.hold({ location: 'camden', sku, quantity: 1, minutes: 10 });
    const longer = await stock.extend({ hold: hold.id, minutes: 60 });
    expect(Date.parse(longer.hold.expiresAt)).toBeGreaterThan(Date.parse(hold.expiresAt) + 49 * 60_000);
    const shorter = await stock.extend({ hold: hold.id, minutes: 1 });
    expect(shorter.hold.expiresAt).toBe(longer.hold.expiresAt);
  });
});

describe('exactly one ends a hold', () => {
  it('of a crowd that commits and releases', async () => {
    for (let round = 0; round < 5; round++) {
      const sku = await stockUp({ camden: 1 });
      const { hold } = await stock.hold({ location: 'camden', sku, quantity: 1 });
      const outcomes = await Promise.all(
        Array.from({ length: 20 }, (_, i) =>
          i % 2 === 0 ? stock.commit({ hold: hold.id, reference: `order ${i}` }) : stock.release({ hold: hold.id }),
        ),
      );
      const { allocated, held } = await stock.level('camden', sku);
      expect(held).toBe(0);
      const state = allocated === 1 ? 'COMMITTED' : 'RELEASED';
      expect(outcomes.filter((one) => one.userErrors.length === 0).map((one) => one.hold.state)).toEqual(
        Array(state === 'COMMITTED' ? 1 : 10).fill(state),
      );
    }
  });

  it('and one that nobody made is not found', async () => {
    expect((await stock.release({ hold: randomUUID() })).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    await expect(stock.release({ hold: 'hold 1' })).rejects.toThrow('BAD_USER_INPUT');
    const { data } = await inventory.ask('{ stockHold(id: "x") { id } }');
    expect(data.stockHold).toBeNull();
  });
});
