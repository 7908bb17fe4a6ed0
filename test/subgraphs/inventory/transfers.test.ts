import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenInventory, openInventory } from './open-inventory.ts';
import { addLocation } from './shops.ts';
import { auditNow, clean, receive, stockOperations } from './stock-operations.ts';

let inventory: OpenInventory;
let stock: ReturnType<typeof stockOperations>;
const way = { from: 'depot', to: 'camden', reference: 'T1' };

beforeAll(async () => {
  inventory = await openInventory();
  stock = stockOperations(inventory.ask);
  for (const id of ['depot', 'camden']) await addLocation(inventory.db, id);
});
afterAll(async () => {
  expect(await auditNow(inventory)).toMatchObject(clean);
  await inventory.close();
});

async function stockUp(quantity: number): Promise<string> {
  const sku = randomUUID();
  await receive(inventory.ask, 'depot', sku, quantity);
  return sku;
}

describe('a transfer', () => {
  it('is nowhere for sale while it is on its way, and is received in parts', async () => {
    const sku = await stockUp(10);
    const { transfer } = await stock.send({
      ...way,
      lines: [
        { sku, quantity: 3 },
        { sku, quantity: 3 },
      ],
    });
    expect(transfer).toMatchObject({
      from: { id: 'depot' },
      to: { id: 'camden' },
      closedAt: null,
      lines: [{ sent: 6, received: 0, discrepancy: null }],
    });
    expect(await stock.level('depot', sku)).toMatchObject({ onHand: 4, sellable: 4 });
    expect(await stock.level('camden', sku)).toMatchObject({ onHand: 0, incoming: 6, sellable: 0 });

    const part = {
      transfer: transfer.id,
      lines: [{ sku, received: 4, damaged: 1 }],
      isComplete: false,
      idempotencyKey: randomUUID(),
    };
    const received = await stock.receive(part);
    expect(received.transfer).toMatchObject({
      closedAt: null,
      lines: [{ received: 4, damaged: 1 }],
    });
    expect(await stock.receive(part)).toEqual({ ...received, replayed: true });
    expect(await stock.level('camden', sku)).toMatchObject({ onHand: 4, unavailable: 1, incoming: 2, sellable: 3 });

    const rest = await stock.receive({ transfer: transfer.id, lines: [{ sku, received: 2 }], isComplete: false });
    expect(rest.transfer).toMatchObject({ closedAt: expect.any(String), lines: [{ received: 6, discrepancy: 0 }] });
    expect(await stock.level('camden', sku)).toMatchObject({ onHand: 6, incoming: 0 });
    const late = await stock.receive({ transfer: transfer.id, lines: [{ sku, received: 1 }], isComplete: true });
    expect(late.userErrors).toMatchObject([{ code: 'TRANSFER_CLOSED' }]);
  });

  it('shows what got lost, and what came that nobody had sent', async () => {
    const [lost, extra] = [await stockUp(5), await stockUp(5)];
    const { transfer } = await stock.send({
      ...way,
      lines: [
        { sku: lost, quantity: 5 },
        { sku: extra, quantity: 2 },
      ],
    });
    const lines = [
      { sku: lost, received: 3 },
      { sku: extra, received: 4 },
    ];
    const done = await stock.receive({ transfer: transfer.id, lines, isComplete: true });
    const found = Object.fromEntries(
      done.transfer.lines.map((line: { variant: { sku: string }; discrepancy: number }) => [
        line.variant.sku,
        line.discrepancy,
      ]),
    );
    expect(found).toEqual({ [lost]: -2, [extra]: 2 });
    expect(await stock.level('camden', lost)).toMatchObject({ onHand: 3, incoming: 0 });
    expect(await stock.level('camden', extra)).toMatchObject({ onHand: 4, incoming: 0 });
  });

  it('takes nothing that was promised, and all lines or none', async () => {
    const [mug, cup] = [await stockUp(5), await stockUp(5)];
    await stock.hold({ location: 'depot', sku: mug, quantity: 3 });
    const lines = [
      { sku: cup, quantity: 1 },
      { sku: mug, quantity: 3 },
    ];
    expect((await stock.send({ ...way, lines })).userErrors).toMatchObject([
      { code: 'INSUFFICIENT_STOCK', sku: mug, availableToSell: 2, path: ['input', 'lines', '1'] },
    ]);
    expect(await stock.level('depot', cup)).toMatchObject({ onHand: 5 });
  });

  it('goes between two places that exist, and carries what was sent', async () => {
    const sku = await stockUp(5);
    const lines = [{ sku, quantity: 1 }];
    expect((await stock.send({ ...way, to: 'moon', lines })).userErrors).toMatchObject([
      { code: 'NOT_FOUND', path: ['input', 'to'] },
    ]);
    await expect(stock.send({ ...way, to: 'depot', lines })).rejects.toThrow('BAD_USER_INPUT');
    const nobodys = { transfer: randomUUID(), lines: [], isComplete: true };
    expect((await stock.receive(nobodys)).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    const { transfer } = await stock.send({ ...way, lines });
    const other = { transfer: transfer.id, lines: [{ sku: 'OTHER', received: 1 }], isComplete: true };
    expect((await stock.receive(other)).userErrors).toMatchObject([
      { code: 'NOT_FOUND', path: ['input', 'lines', '0'] },
    ]);
    const { data } = await inventory.ask(
      'query ($id: ID!) { stockTransfer(id: $id) { reference } none: stockTransfer(id: "x") { id } }',
      { id: transfer.id },
    );
    expect(data).toEqual({ stockTransfer: { reference: 'T1' }, none: null });
  });

  it('loses and makes nothing, whoever sends, sells and receives at the same time', async () => {
    const job = fc.record({ kind: fc.constantFrom('send', 'back', 'hold'), quantity: fc.integer({ min: 1, max: 4 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(job, { minLength: 5, maxLength: 20 }), async (jobs) => {
        const sku = await stockUp(15);
        await receive(inventory.ask, 'camden', sku, 15);
        await Promise.all(
          jobs.map(async ({ kind, quantity }) => {
            if (kind === 'hold') return stock.hold({ location: 'depot', sku, quantity });
            const direction = kind === 'send' ? way : { ...way, from: way.to, to: way.from };
            const { transfer } = await stock.send({ ...direction, lines: [{ sku, quantity }] });
            if (transfer === null) return undefined;
            const arrival = { transfer: transfer.id, lines: [{ sku, received: quantity }], isComplete: true };
            const both = await Promise.all([stock.receive(arrival), stock.receive(arrival)]);
            expect(both.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
            return undefined;
          }),
        );
        const [depot, camden] = [await stock.level('depot', sku), await stock.level('camden', sku)];
        expect(depot.onHand + camden.onHand).toBe(30);
        expect(depot.incoming + camden.incoming).toBe(0);
        expect(Math.min(depot.sellable, camden.sellable)).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 12 },
    );
  }, 60_000);
});
