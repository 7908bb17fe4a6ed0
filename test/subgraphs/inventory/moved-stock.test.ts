import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenInventory, openInventory } from './open-inventory.ts';
import { addLocation } from './shops.ts';
import { auditNow, clean, receive, stockOperations } from './stock-operations.ts';

let inventory: OpenInventory;
let stock: ReturnType<typeof stockOperations>;
const location = 'camden';

beforeAll(async () => {
  inventory = await openInventory();
  stock = stockOperations(inventory.ask);
  await addLocation(inventory.db, location);
});
afterAll(async () => {
  expect(await auditNow(inventory)).toMatchObject(clean);
  await inventory.close();
});

/** A SKU of which some units are promised to an order. */
async function promise(there: number, promised: number): Promise<{ sku: string; order: string }> {
  const [sku, order] = [randomUUID(), randomUUID()];
  await receive(inventory.ask, location, sku, there);
  await promiseMore(sku, promised, order);
  return { sku, order };
}

async function promiseMore(sku: string, quantity: number, order: string): Promise<void> {
  const { hold } = await stock.hold({ location, sku, quantity });
  await stock.commit({ hold: hold.id, reference: order });
}

const lines = (sku: string, quantity: number) => [{ sku, quantity }];

describe('goods that were promised', () => {
  it('stand on the shelf until they leave', async () => {
    const { sku, order } = await promise(5, 3);
    const { levels } = await stock.settle({ location, lines: lines(sku, 2), outcome: 'SHIPPED', reference: order });
    expect(levels).toMatchObject([{ onHand: 3, allocated: 1, sellable: 2 }]);
  });

  it('can be sold to others when the promise is given up', async () => {
    const { sku, order } = await promise(5, 3);
    const { levels } = await stock.settle({ location, lines: lines(sku, 3), outcome: 'RELEASED', reference: order });
    expect(levels).toMatchObject([{ onHand: 5, allocated: 0, sellable: 5 }]);
  });

  it('leave for the order they were promised to, and once', async () => {
    const { sku, order } = await promise(9, 2);
    await promiseMore(sku, 5, 'another order');
    const ship = (reference: string, quantity: number) =>
      stock.settle({ location, lines: lines(sku, quantity), outcome: 'SHIPPED', reference });
    expect((await ship('no order', 1)).userErrors).toMatchObject([
      { code: 'OUT_OF_RANGE', path: ['input', 'lines', '0'] },
    ]);
    expect((await ship(order, 3)).userErrors).toHaveLength(1);
    const attempts = await Promise.all(Array.from({ length: 6 }, () => ship(order, 1)));
    expect(attempts.filter((attempt) => attempt.userErrors.length === 0)).toHaveLength(2);
    expect(await stock.level(location, sku)).toMatchObject({ onHand: 7, allocated: 5 });
  });

  it('end together or not at all, the same SKU on two lines summed', async () => {
    const [mug, cup] = [await promise(3, 2), await promise(3, 1)];
    await promiseMore(cup.sku, 1, mug.order);
    const settle = (wanted: readonly object[]) =>
      stock.settle({ location, lines: wanted, outcome: 'SHIPPED', reference: mug.order });
    const line = { sku: mug.sku, quantity: 1 };
    expect((await settle([line, { sku: cup.sku, quantity: 2 }])).userErrors).toHaveLength(1);
    expect((await settle([line, line, line])).userErrors).toHaveLength(1);
    expect(await stock.level(location, mug.sku)).toMatchObject({ onHand: 3, allocated: 2 });
    expect((await settle([line, line, { sku: cup.sku, quantity: 1 }])).userErrors).toEqual([]);
    expect(await stock.level(location, cup.sku)).toMatchObject({ onHand: 2, allocated: 1 });
  });
});

describe('goods that came back', () => {
  it('are for sale again, or wait until somebody has decided', async () => {
    const sku = randomUUID();
    const back = [
      { sku, quantity: 2, disposition: 'RESTOCK' },
      { sku, quantity: 1, disposition: 'DAMAGED' },
      { sku, quantity: 1, disposition: 'QUALITY_CONTROL' },
      { sku, quantity: 1, disposition: 'RESTOCK' },
    ];
    const input = { location, lines: back, reference: 'return 1', idempotencyKey: randomUUID() };
    expect((await stock.takeBack(input)).levels).toMatchObject([{ onHand: 5, unavailable: 2, sellable: 3 }]);
    expect(await stock.takeBack(input)).toMatchObject({ replayed: true, levels: [{ onHand: 5 }] });
    // It was fine after all: the disposition changes.
    const fine = { location, sku, delta: -1, reason: 'QUALITY_CONTROL', reference: 'return 1' };
    expect((await stock.adjust(fine)).level).toMatchObject({ onHand: 5, unavailable: 1, sellable: 4 });
    const { movements } = await stock.level(location, sku);
    expect(movements.nodes).toMatchObject([
      { kind: 'RETURNED', quantity: 3, cause: { kind: 'RETURN', id: 'return 1' } },
      { kind: 'RETURNED', quantity: 1, cause: { kind: 'DAMAGED', id: 'return 1' } },
      { kind: 'RETURNED', quantity: 1, cause: { kind: 'QUALITY_CONTROL', id: 'return 1' } },
      { kind: 'ADJUSTED', quantity: -1 },
    ]);
  });

  it('make a shortfall smaller', async () => {
    const { sku } = await promise(3, 3);
    await stock.sell({ location, lines: lines(sku, 2), reference: 's' });
    expect(await stock.level(location, sku)).toMatchObject({ shortfall: 2 });
    await stock.takeBack({ location, lines: [{ sku, quantity: 1, disposition: 'RESTOCK' }], reference: 'r' });
    expect(await stock.level(location, sku)).toMatchObject({ shortfall: 1, sellable: -1 });
  });
});
