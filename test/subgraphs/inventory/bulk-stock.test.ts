import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenInventory, openInventory } from './open-inventory.ts';
import { addLocation } from './shops.ts';
import { auditNow, clean, receive, stockOperations } from './stock-operations.ts';

let inventory: OpenInventory;
let stock: ReturnType<typeof stockOperations>;
const location = 'camden';
const bulk = { reference: 'run 1', errorPolicy: 'REJECT_FAILED_ROWS' };

beforeAll(async () => {
  inventory = await openInventory();
  stock = stockOperations(inventory.ask);
  await addLocation(inventory.db, location);
});
afterAll(async () => {
  expect(await auditNow(inventory)).toMatchObject(clean);
  await inventory.close();
});

async function stockUp(quantity: number): Promise<string> {
  const sku = randomUUID();
  await receive(inventory.ask, location, sku, quantity);
  return sku;
}

const set = (sku: string, compare: number, value: number, more: object = {}) => ({
  location,
  sku,
  number: 'ON_HAND',
  compare,
  value,
  ...more,
});

describe('the policy IGNORE_FAILED', () => {
  const ignore = { reference: 'run 2', errorPolicy: 'IGNORE_FAILED' };

  it('passes over what is malformed and applies the rest, in the order of the rows', async () => {
    const [a, b] = [await stockUp(5), await stockUp(5)];
    const rows = [
      set(a, 5, -1),
      set(a, 5, 6),
      set('', 0, 1),
      set(b, 4, 9),
      set(a, 6, 7),
      set('x', 0, 1, { location: 'moon' }),
    ];
    const input = { ...ignore, rows, idempotencyKey: randomUUID() };
    const answer = await stock.setAll(input);
    expect(answer.results).toEqual([
      { sku: a, locationId: location, outcome: 'MALFORMED', value: null },
      { sku: a, locationId: location, outcome: 'CHANGED', value: 6 },
      { sku: '', locationId: location, outcome: 'MALFORMED', value: null },
      { sku: b, locationId: location, outcome: 'CHANGED_MEANWHILE', value: 5 },
      { sku: a, locationId: location, outcome: 'MALFORMED', value: null }, // set twice
      { sku: 'x', locationId: 'moon', outcome: 'UNKNOWN_LOCATION', value: null },
    ]);
    expect(await stock.setAll(input)).toEqual({ ...answer, replayed: true });
    await expect(stock.setAll({ ...bulk, rows })).rejects.toThrow('BAD_USER_INPUT');
  });

  it('answers also when every row is malformed', async () => {
    const row = { location: 'a\u0000', sku: 'b', number: 'ON_HAND', delta: 1 };
    expect((await stock.adjustAll({ ...ignore, rows: [row] })).results).toMatchObject([{ outcome: 'MALFORMED' }]);
  });
});

describe('a bulk set', () => {
  it('gives each row its own outcome, and overwrites no sale', async () => {
    const [a, b, c, fresh] = [await stockUp(5), await stockUp(5), await stockUp(5), randomUUID()];
    await stock.sell({ location, lines: [{ sku: b, quantity: 1 }], reference: 's' });
    const rows = [
      set(a, 5, 9),
      set(b, 5, 9),
      set(c, 5, 5),
      set(fresh, 0, 2),
      set(a, 0, 1, { number: 'UNAVAILABLE' }),
      set('x', 0, 1, { location: 'moon' }),
    ];
    const { results } = await stock.setAll({ ...bulk, rows });
    expect(results).toEqual([
      { sku: a, locationId: location, outcome: 'CHANGED', value: 9 },
      { sku: b, locationId: location, outcome: 'CHANGED_MEANWHILE', value: 4 },
      { sku: c, locationId: location, outcome: 'UNCHANGED', value: 5 },
      { sku: fresh, locationId: location, outcome: 'CHANGED', value: 2 },
      { sku: a, locationId: location, outcome: 'CHANGED', value: 1 },
      { sku: 'x', locationId: 'moon', outcome: 'UNKNOWN_LOCATION', value: null },
    ]);
    expect(await stock.level(location, a)).toMatchObject({ onHand: 9, unavailable: 1, version: 3 });
    expect(await stock.level(location, b)).toMatchObject({ onHand: 4 });
  });

  it('is all or nothing when asked to be', async () => {
    const [a, b] = [await stockUp(5), await stockUp(5)];
    const rows = [set(a, 5, 9), set(b, 4, 9)];
    const { results } = await stock.setAll({ ...bulk, rows, errorPolicy: 'REJECT_EVERYTHING' });
    expect(results).toMatchObject([
      { outcome: 'NOT_TRIED', value: 5 },
      { outcome: 'CHANGED_MEANWHILE', value: 5 },
    ]);
    expect(await stock.level(location, a)).toMatchObject({ onHand: 5, version: 1 });
  });

  it('racing with sales loses none of them', async () => {
    const sku = await stockUp(100);
    const sales = Array.from({ length: 20 }, () =>
      stock.sell({ location, lines: [{ sku, quantity: 1 }], reference: 's' }),
    );
    const sets = Array.from({ length: 10 }, (_, i) => stock.setAll({ ...bulk, rows: [set(sku, 100 - i, 1_000)] }));
    await Promise.all([...sales, ...sets]);
    const { onHand, movements } = await stock.level(location, sku);
    const added = movements.nodes
      .filter((movement: { kind: string }) => movement.kind === 'ADJUSTED')
      .reduce((sum: number, { quantity }: { quantity: number }) => sum + quantity, 0);
    expect(onHand).toBe(100 - 20 + added);
  });

  it('makes a shortfall of what was promised, as every fact does', async () => {
    const sku = await stockUp(5);
    await stock.hold({ location, sku, quantity: 4 });
    await stock.setAll({ ...bulk, rows: [set(sku, 5, 1)] });
    expect(await stock.level(location, sku)).toMatchObject({ onHand: 1, held: 4, shortfall: 3, sellable: -3 });
  });

  it('refuses a number that is set twice', async () => {
    await expect(stock.setAll({ ...bulk, rows: [set('A', 0, 1), set('A', 0, 2)] })).rejects.toThrow('BAD_USER_INPUT');
  });
});

describe('a bulk adjustment', () => {
  it('applies its rows in their order, each on what those before it left', async () => {
    const sku = await stockUp(1);
    const row = (number: string, delta: number) => ({ location, sku, number, delta });
    const rows = [
      row('ON_HAND', 2),
      row('UNAVAILABLE', -1),
      row('UNAVAILABLE', 2),
      row('UNAVAILABLE', -1),
      row('SAFETY_STOCK', 1),
    ];
    const input = { ...bulk, rows, idempotencyKey: randomUUID() };
    const { results } = await stock.adjustAll(input);
    expect(results.map((result: { outcome: string; value: number }) => [result.outcome, result.value])).toEqual([
      ['CHANGED', 3],
      ['OUT_OF_RANGE', 0],
      ['CHANGED', 2],
      ['CHANGED', 1],
      ['CHANGED', 1],
    ]);
    expect(await stock.adjustAll(input)).toMatchObject({ replayed: true, results });
    expect(await stock.level(location, sku)).toMatchObject({ onHand: 3, unavailable: 1, safetyStock: 1 });
  });

  it('takes 10,000 rows in a handful of statements, and not one more row', async () => {
    const rows = Array.from({ length: 10_000 }, (_, i) => ({
      location,
      sku: `bulk-${i}`,
      number: 'ON_HAND',
      delta: i + 1,
    }));
    inventory.statements.length = 0;
    const { results } = await stock.adjustAll({ ...bulk, rows });
    expect(inventory.statements.length).toBeLessThan(15);
    expect(results).toHaveLength(10_000);
    expect(results.every((result: { outcome: string }) => result.outcome === 'CHANGED')).toBe(true);
    expect(await stock.level(location, 'bulk-9999')).toMatchObject({ onHand: 10_000 });
    await expect(stock.adjustAll({ ...bulk, rows: [...rows, rows[0]] })).rejects.toThrow('BAD_USER_INPUT');
  });
});
