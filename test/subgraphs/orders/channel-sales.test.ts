import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addOrders, addReturn, openOrders, type TestOrder, toUs } from './order-rows.ts';

let orders: Awaited<ReturnType<typeof openOrders>>;
beforeAll(async () => {
  orders = await openOrders();
});
beforeEach(() => orders.db.deleteFrom('order').execute());
afterAll(() => orders.close());

const salesFields = 'orders revenue { amount currencyCode } averageOrderValue { amount } returnRate';
const sales = `query ($channels: [_Any!]!, $from: Date!, $to: Date!) {
  _entities(representations: $channels) { ... on Channel { id sales(from: $from, to: $to) { ${salesFields} } } }
}`;

interface Sales {
  readonly orders: number;
  readonly revenue: { readonly amount: string; readonly currencyCode: string };
  readonly averageOrderValue: { readonly amount: string } | null;
  readonly returnRate: number | null;
}

function variables(from: string, to: string, ...ids: readonly string[]) {
  return { channels: ids.map((id) => ({ __typename: 'Channel', id })), from, to };
}

async function readSales(from: string, to: string, ...ids: readonly string[]): Promise<readonly (Sales | null)[]> {
  const answer = await orders.ask<{ _entities: { sales: Sales | null }[] }>(sales, variables(from, to, ...ids));
  return answer._entities.map((channel) => channel.sales);
}

function onDay(number: string, instant: string, more: Partial<TestOrder> = {}): TestOrder {
  return { number, placedAtUs: toUs(instant), lines: [{ unitPriceMinor: 100 }], ...more };
}

describe("a channel's sales", () => {
  it('take in the first moment of the first day and the last of the last, in UTC', async () => {
    await addOrders(orders.db, [
      onDay('before', '2011-02-28T23:59:59.999Z'),
      onDay('first', '2011-03-01T00:00:00Z'),
      { ...onDay('last', '2011-03-31T23:59:59Z'), placedAtUs: toUs('2011-04-01T00:00:00Z') - 1 },
      onDay('after', '2011-04-01T00:00:00Z'),
    ]);
    expect((await readSales('2011-03-01', '2011-03-31', 'web'))[0]?.orders).toBe(2);
    expect((await readSales('2011-03-01', '2011-03-01', 'web'))[0]?.orders).toBe(1);
  });

  it('are null for a channel that never sold anything, and nothing for a time without orders', async () => {
    await addOrders(orders.db, [
      onDay('1', '2011-03-01T00:00:00Z'),
      onDay('2', '2011-03-01T00:00:00Z', { channel_id: 'app', status: 'CANCELLED' }),
    ]);
    expect(await readSales('2010-01-01', '2010-12-31', 'web', 'app', 'fax', 'a\u0000b')).toEqual([
      { orders: 0, revenue: { amount: '0.00', currencyCode: 'GBP' }, averageOrderValue: null, returnRate: null },
      null,
      null,
      null,
    ]);
  });

  it('round the average half to even', async () => {
    for (const [totals, average] of [
      [[100, 101], '1.00'],
      [[101, 102], '1.02'],
      [[100, 100, 101], '1.00'],
    ] as const) {
      await orders.db.deleteFrom('order').execute();
      await addOrders(
        orders.db,
        totals.map((unitPriceMinor, index) =>
          onDay(`${index}`, '2011-03-01T00:00:00Z', { lines: [{ unitPriceMinor }] }),
        ),
      );
      expect((await readSales('2011-03-01', '2011-03-01', 'web'))[0]?.averageOrderValue?.amount).toBe(average);
    }
  });

  it('know currencies without pence', async () => {
    await addOrders(orders.db, [
      onDay('1', '2011-03-01T00:00:00Z', {
        channel_id: 'tokyo',
        currency_code: 'JPY',
        lines: [{ unitPriceMinor: 500 }],
      }),
    ]);
    expect((await readSales('2011-03-01', '2011-03-01', 'tokyo'))[0]?.revenue).toEqual({
      amount: '500',
      currencyCode: 'JPY',
    });
  });

  it('never add up two currencies: the newest order says which one counts', async () => {
    await addOrders(orders.db, [
      onDay('1', '2011-03-01T00:00:00Z', { lines: [{ unitPriceMinor: 700 }] }),
      onDay('2', '2011-03-02T00:00:00Z', { currency_code: 'EUR', lines: [{ unitPriceMinor: 300 }] }),
      onDay('3', '2011-05-01T00:00:00Z', { currency_code: 'EUR', status: 'CANCELLED' }),
      onDay('4', '2011-04-01T00:00:00Z', { currency_code: 'GBP' }),
    ]);
    expect((await readSales('2011-03-01', '2011-03-31', 'web'))[0]).toMatchObject({
      orders: 1,
      revenue: { amount: '7.00', currencyCode: 'GBP' },
    });
  });

  it('count what came back by units of the orders of the time, whenever it came back', async () => {
    await addOrders(orders.db, [
      onDay('1', '2011-03-01T00:00:00Z', { lines: [{ quantity: 6 }, { quantity: 2 }] }),
      onDay('2', '2011-03-02T00:00:00Z', { lines: [{ quantity: 8 }] }),
      onDay('3', '2011-05-01T00:00:00Z', { lines: [{ quantity: 9 }] }),
    ]);
    await addReturn(orders.db, '1', 3, 'REFUNDED');
    await addReturn(orders.db, '2', 1, 'RECEIVED');
    await addReturn(orders.db, '2', 2, 'REQUESTED');
    await addReturn(orders.db, '3', 9);
    expect((await readSales('2011-03-01', '2011-03-31', 'web'))[0]?.returnRate).toBe(4 / 16);
  });

  it('add up: every order counts in exactly one of two times that meet', async () => {
    const order = fc.record({
      day: fc.integer({ min: 1, max: 28 }),
      status: fc.constantFrom('FULFILLED' as const, 'CANCELLED' as const, 'RETURNED' as const),
      unitPriceMinor: fc.integer({ min: 0, max: 100_000 }),
      quantity: fc.integer({ min: 1, max: 9 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(order, { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 1, max: 27 }),
        async (rows, cut) => {
          await orders.db.deleteFrom('order').execute();
          await addOrders(
            orders.db,
            rows.map(({ day, status, ...line }, index) =>
              onDay(`${index}`, `2011-02-${`${day}`.padStart(2, '0')}T12:00:00Z`, { status, lines: [line] }),
            ),
          );
          const counted = rows.filter((row) => row.status !== 'CANCELLED');
          const day = (of: number) => `2011-02-${`${of}`.padStart(2, '0')}`;
          const parts = await Promise.all([
            readSales('2011-02-01', day(cut), 'web'),
            readSales(day(cut + 1), '2011-02-28', 'web'),
          ]);
          const pence = parts.map(([part]) => Math.round(Number(part?.revenue.amount ?? 0) * 100));
          const total = counted.reduce((sum, row) => sum + row.unitPriceMinor * row.quantity, 0);
          expect(pence.reduce((sum, part) => sum + part, 0)).toBe(total);
          const count = parts.reduce((sum, [part]) => sum + (part?.orders ?? 0), 0);
          expect(count).toBe(counted.length);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('of all channels and times asked for cost one statement', async () => {
    await addOrders(orders.db, [onDay('1', '2011-03-01T00:00:00Z')]);
    const ids = ['web', 'app', 'pos', 'market'];
    expect(await orders.countStatements(sales, variables('2011-01-01', '2011-12-31', ...ids))).toBe(1);
    const twoYears = `query ($channels: [_Any!]!) { _entities(representations: $channels) { ... on Channel {
      before: sales(from: "2010-01-01", to: "2010-12-31") { ${salesFields} }
      now: sales(from: "2011-01-01", to: "2011-12-31") { ${salesFields} }
    } } }`;
    expect(await orders.countStatements(twoYears, { channels: variables('', '', ...ids).channels })).toBe(1);
  });

  it.each([
    ['backwards', '2011-03-02', '2011-03-01'],
    ['over more than ten years', '2001-03-01', '2011-03-02'],
    ['from a day that no calendar has', '2011-02-29', '2011-03-01'],
  ])('are refused %s', async (_what, from, to) => {
    const [error] = await orders.askForErrors(sales, variables(from, to, 'web'));
    expect(error?.extensions?.code).toBe('BAD_USER_INPUT');
  });

  it('can be asked of the ends of the calendar', async () => {
    await addOrders(orders.db, [onDay('1', '2011-03-01T00:00:00Z')]);
    for (const day of ['0000-01-01', '0001-01-01', '9999-12-31']) {
      expect((await readSales(day, day, 'web'))[0]?.orders).toBe(0);
    }
    expect((await readSales('2001-03-01', '2011-03-01', 'web'))[0]?.orders).toBe(1);
  });
});
