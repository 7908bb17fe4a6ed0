import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenInventory, openInventory } from './open-inventory.ts';
import { addLocation } from './shops.ts';
import { auditNow, clean, receive, stockOperations } from './stock-operations.ts';

let inventory: OpenInventory;
let stock: ReturnType<typeof stockOperations>;

beforeAll(async () => {
  inventory = await openInventory();
  stock = stockOperations(inventory.ask);
  await addLocation(inventory.db, 'camden');
});
afterAll(async () => {
  expect(await auditNow(inventory)).toMatchObject(clean);
  await inventory.close();
});

async function stockUp(quantity: number): Promise<string> {
  const sku = `SKU-${randomUUID().slice(0, 8)}`;
  await receive(inventory.ask, 'camden', sku, quantity);
  return sku;
}

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
const location = 'camden';

describe('an adjustment', () => {
  it('changes the number that its reason is about', async () => {
    const sku = await stockUp(10);
    const adjust = (reason: string, delta: number) => stock.adjust({ location, sku, delta, reason, reference: 'r' });
    await adjust('DAMAGED', 2);
    await adjust('ON_DISPLAY', 1);
    await adjust('SAFETY_STOCK', 3);
    await adjust('LOST', -1);
    await adjust('DAMAGED', -1);
    expect(await stock.level(location, sku)).toMatchObject({
      onHand: 9,
      unavailable: 2,
      safetyStock: 3,
      sellable: 4,
      version: 6,
    });
  });

  it('opens a level where a variant was never stocked', async () => {
    const sku = randomUUID();
    expect(await stock.level(location, sku)).toBeNull();
    expect((await stock.adjust({ location, sku, delta: 3, reason: 'FOUND', reference: 'r' })).level).toMatchObject({
      onHand: 3,
      version: 1,
    });
  });

  it('is refused where there is no such place, out of range, and against another version', async () => {
    const sku = await stockUp(1);
    const input = { location, sku, delta: 1, reason: 'FOUND', reference: 'r' };
    expect((await stock.adjust({ ...input, location: 'moon' })).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect((await stock.adjust({ ...input, delta: -1, reason: 'DAMAGED' })).userErrors).toMatchObject([
      { code: 'OUT_OF_RANGE' },
    ]);
    const ahead = new Date(Date.now() + 3_600_000).toISOString();
    expect((await stock.adjust({ ...input, occurredAt: ahead })).userErrors).toMatchObject([
      { code: 'OUT_OF_RANGE', path: ['input', 'occurredAt'] },
    ]);
    expect((await stock.adjust({ ...input, expectedVersion: 7 })).userErrors).toMatchObject([
      { code: 'VERSION_CONFLICT', currentVersion: 1 },
    ]);
    expect((await stock.adjust({ ...input, expectedVersion: 1 })).level).toMatchObject({ onHand: 2 });
  });

  it.each([
    ['LOST', 1],
    ['RECEIVED', -1],
    ['CORRECTION', 0],
    ['CORRECTION', 1_000_001],
  ])('of %s by %i is bad input', async (reason, delta) => {
    await expect(stock.adjust({ location, sku: 'A', delta, reason, reference: 'r' })).rejects.toThrow('BAD_USER_INPUT');
  });

  it('is made once for its key, also when it comes twice at the same moment', async () => {
    const sku = await stockUp(1);
    const input = { location, sku, delta: 5, reason: 'RECEIVED', reference: 'r', idempotencyKey: randomUUID() };
    const answers = await Promise.all(Array.from({ length: 10 }, () => stock.adjust(input)));
    expect(answers.map((answer) => answer.replayed).sort()).toEqual([false, ...Array(9).fill(true)]);
    expect(await stock.level(location, sku)).toMatchObject({ onHand: 6 });
  });

  it('races with sales without losing any', async () => {
    const sku = await stockUp(100);
    await Promise.all(
      Array.from({ length: 30 }, (_, i) =>
        i % 3 === 0
          ? stock.adjust({ location, sku, delta: 1, reason: 'RECEIVED', reference: 'r' })
          : stock.sell({ location, lines: [{ sku, quantity: 2 }], reference: 's' }),
      ),
    );
    expect(await stock.level(location, sku)).toMatchObject({ onHand: 100 + 10 - 40, version: 31 });
  });
});

describe('a count', () => {
  it('says what was expected, and sets the number', async () => {
    const sku = await stockUp(10);
    const { results } = await stock.count({ location, counts: [{ sku, counted: 8 }] });
    expect(results).toMatchObject([
      { sku, expected: 10, counted: 8, variance: -2, level: { onHand: 8, shortfall: 0 } },
    ]);
  });

  it('counts at its own time: what was sold since stays sold', async () => {
    const sku = await stockUp(10);
    await inventory.db.selectFrom('location').select('id').execute();
    // Counted five minutes ago, before the delivery was recorded: 3 stood there, not 0.
    const { results } = await stock.count({ location, counts: [{ sku, counted: 3, countedAt: minutesAgo(5) }] });
    expect(results).toMatchObject([{ expected: 0, variance: 3, level: { onHand: 13 } }]);
    await stock.sell({ location, lines: [{ sku, quantity: 4 }], reference: 's' });
    expect(await stock.level(location, sku)).toMatchObject({ onHand: 9 });
  });

  it('has seen what happened before it, also when that is told later', async () => {
    const sku = await stockUp(10);
    await stock.count({ location, counts: [{ sku, counted: 7 }] });
    // The till was offline: these three were gone when the shelf was counted.
    await stock.sell({ location, lines: [{ sku, quantity: 3 }], reference: 's', occurredAt: minutesAgo(5) });
    const level = await stock.level(location, sku);
    expect(level).toMatchObject({ onHand: 7 });
    expect(
      level.movements.nodes.map(({ kind, quantity }: { kind: string; quantity: number }) => [kind, quantity]),
    ).toEqual([
      ['RECEIVED', 10],
      ['COUNTED', -3],
      ['SOLD', 3],
      ['COUNTED', 3],
    ]);
  });

  it('that is older than the last one is noted and changes nothing', async () => {
    const sku = await stockUp(10);
    await stock.count({ location, counts: [{ sku, counted: 8 }] });
    const { results } = await stock.count({ location, counts: [{ sku, counted: 99, countedAt: minutesAgo(5) }] });
    expect(results).toMatchObject([{ counted: 99, level: { onHand: 8 } }]);
  });

  it('records a shortfall when less is left than was promised, and new sales stop at once', async () => {
    const sku = await stockUp(10);
    const first = await stock.hold({ location, sku, quantity: 4 });
    await stock.commit({ hold: first.hold.id, reference: 'order' });
    const second = await stock.hold({ location, sku, quantity: 3 });
    const { results } = await stock.count({ location, counts: [{ sku, counted: 5 }] });
    expect(results).toMatchObject([
      { variance: -5, level: { onHand: 5, shortfall: 2, sellable: -2, allocated: 4, held: 3 } },
    ]);
    expect((await stock.hold({ location, sku, quantity: 1 })).userErrors).toMatchObject([{ availableToSell: 0 }]);
    await stock.release({ hold: second.hold.id });
    expect(await stock.level(location, sku)).toMatchObject({ shortfall: 0, sellable: 1 });
  });

  it('of many SKUs is one request, and none twice', async () => {
    const [a, b] = [await stockUp(1), await stockUp(2)];
    const { results } = await stock.count({
      location,
      counts: [
        { sku: b, counted: 0 },
        { sku: a, counted: 5 },
      ],
    });
    expect(results.map((result: { sku: string; variance: number }) => [result.sku, result.variance])).toEqual([
      [b, -2],
      [a, 4],
    ]);
    const twice = [
      { sku: a, counted: 1 },
      { sku: a, counted: 2 },
    ];
    await expect(stock.count({ location, counts: twice })).rejects.toThrow('BAD_USER_INPUT');
  });
});

describe('a sale without a hold', () => {
  it('is never refused: what it takes from under a promise is shortfall', async () => {
    const sku = await stockUp(3);
    const { hold } = await stock.hold({ location, sku, quantity: 2 });
    const { levels, shortfalls } = await stock.sell({
      location,
      lines: [
        { sku, quantity: 1 },
        { sku, quantity: 1 },
      ],
      reference: 's',
    });
    expect(levels).toMatchObject([{ onHand: 1, held: 2, sellable: -1, shortfall: 1 }]);
    expect(shortfalls).toEqual([{ sku, quantity: 1 }]);
    // Whoever holds may still buy: the records may be wrong, and the goods are in their hands.
    await stock.commit({ hold: hold.id, as: 'SELL', reference: 'receipt' });
    expect(await stock.level(location, sku)).toMatchObject({ onHand: -1, held: 0, shortfall: 0 });
  });

  it('is taken even of what nobody knew of', async () => {
    const sku = randomUUID();
    const { levels, shortfalls } = await stock.sell({ location, lines: [{ sku, quantity: 2 }], reference: 's' });
    expect(levels).toMatchObject([{ onHand: -2, shortfall: 0 }]);
    expect(shortfalls).toEqual([]);
  });
});

describe('movements', () => {
  it('come a page at a time, from the end', async () => {
    const sku = await stockUp(1);
    for (let i = 0; i < 6; i++) await receive(inventory.ask, location, sku, 1);
    const page = async (before: string | null) => {
      const { data, code } = await inventory.ask(
        `query ($r: [_Any!]!, $before: String) { _entities(representations: $r) { ... on ProductVariant { stockLevel(location: "camden") {
           movements(last: 3, before: $before) { nodes { onHandAfter } pageInfo { hasPreviousPage startCursor } } } } } }`,
        { r: [{ __typename: 'ProductVariant', sku }], before },
      );
      return { code, page: data._entities[0]?.stockLevel?.movements };
    };
    const seen: number[][] = [];
    let before: string | null = null;
    do {
      const {
        page: got,
      }: { page: { nodes: { onHandAfter: number }[]; pageInfo: { hasPreviousPage: boolean; startCursor: string } } } =
        await page(before);
      seen.push(got.nodes.map((node) => node.onHandAfter));
      before = got.pageInfo.hasPreviousPage ? got.pageInfo.startCursor : null;
    } while (before !== null);
    expect(seen).toEqual([[5, 6, 7], [2, 3, 4], [1]]);
    expect((await page('nonsense')).code).toBe('BAD_USER_INPUT');
  });

  it('cannot be changed or deleted, nor a promise be made against the shelf', async () => {
    const sku = await stockUp(1);
    const { db } = inventory;
    await expect(db.deleteFrom('stock_movement').execute()).rejects.toThrow('permission denied');
    await expect(db.updateTable('stock_movement').set({ quantity: 9 }).execute()).rejects.toThrow('permission denied');
    await expect(db.updateTable('stock_level').set({ held: 2 }).where('sku', '=', sku).execute()).rejects.toThrow(
      'stock_level_never_oversold',
    );
  });
});

describe('the change feed', () => {
  it('gets the level after each change, written with it', async () => {
    const sku = await stockUp(4);
    await stock.hold({ location, sku, quantity: 1 });
    const changes = await inventory.db
      .selectFrom('change')
      .select(['topic', 'scope', 'version', 'payload'])
      .where('key', '=', `camden/${sku}`)
      .orderBy('id')
      .execute();
    const change = { topic: 'stock', scope: 'camden' };
    const idle = { unavailable: 0, allocated: 0, incoming: 0, safetyStock: 0, shortfall: 0 };
    const level = { sku, locationId: 'camden', onHand: 4, ...idle };
    expect(changes).toEqual([
      { ...change, version: 1, payload: { ...level, held: 0, sellable: 4, version: 1 } },
      { ...change, version: 2, payload: { ...level, held: 1, sellable: 3, version: 2 } },
    ]);
  });
});
