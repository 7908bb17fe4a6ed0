import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { selectOrders } from '../../../subgraphs/orders/queries/list-orders.ts';
import { addOrders, openOrders, type TestOrder, toUs } from './order-rows.ts';

const book = `query ($channel: ID, $status: [OrderStatus!], $first: Int, $after: String) {
  orders(channel: $channel, status: $status, first: $first, after: $after) {
    edges { cursor node { number } }
    nodes { number }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;

interface Page {
  readonly orders: {
    readonly edges: readonly { readonly cursor: string; readonly node: { readonly number: string } }[];
    readonly nodes: readonly { readonly number: string }[];
    readonly pageInfo: {
      readonly hasNextPage: boolean;
      readonly hasPreviousPage: boolean;
      readonly startCursor: string | null;
      readonly endCursor: string | null;
    };
  };
}

let orders: Awaited<ReturnType<typeof openOrders>>;
beforeAll(async () => {
  orders = await openOrders();
});
beforeEach(() => orders.db.deleteFrom('order').execute());
afterAll(() => orders.close());

async function readPage(variables: Record<string, unknown>): Promise<Page['orders']> {
  return (await orders.ask<Page>(book, variables)).orders;
}

/** All pages one after another; fails when a page says something untrue of itself. */
async function walk(variables: Record<string, unknown>, first: number): Promise<readonly string[]> {
  const numbers: string[] = [];
  let after: string | null = null;
  for (let pages = 1; pages < 100; pages++) {
    const { edges, nodes, pageInfo }: Page['orders'] = await readPage({ ...variables, first, after });
    expect(nodes).toEqual(edges.map((edge) => edge.node));
    expect(pageInfo.startCursor).toBe(edges[0]?.cursor ?? null);
    expect(pageInfo.endCursor).toBe(edges.at(-1)?.cursor ?? null);
    expect(pageInfo.hasPreviousPage).toBe(after !== null);
    if (pageInfo.hasNextPage) expect(edges).toHaveLength(first);
    numbers.push(...nodes.map((node) => node.number));
    if (!pageInfo.hasNextPage) return numbers;
    after = pageInfo.endCursor;
  }
  throw new Error('The pages never end.');
}

describe('the order book', () => {
  it('shows every order once, newest first, whatever the page size, ties and filters', async () => {
    const statuses = ['PLACED', 'FULFILLED', 'CANCELLED'] as const;
    const order = fc.record({
      channel_id: fc.constantFrom('web', 'pos'),
      status: fc.constantFrom(...statuses),
      // Few instants, some of them within one millisecond: what a cursor made of a JavaScript Date would mix up.
      placedAtUs: fc.integer({ min: 0, max: 5 }).map((us) => toUs('2011-03-01T10:00:00Z') + us * 300),
    });
    const filter = fc.record({
      channel: fc.option(fc.constantFrom('web', 'pos', 'fax')),
      status: fc.option(fc.array(fc.constantFrom(...statuses), { maxLength: 4 })),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(order, { maxLength: 30 }),
        filter,
        fc.integer({ min: 1, max: 7 }),
        async (rows, { channel, status }, first) => {
          await orders.db.deleteFrom('order').execute();
          const written: TestOrder[] = rows.map((row, index) => ({ ...row, number: `${1000 + index}` }));
          await addOrders(orders.db, written);
          const expected = written
            .filter((row) => channel === null || row.channel_id === channel)
            .filter((row) => status === null || status.some((one) => one === row.status))
            .toSorted((a, b) => (b.placedAtUs ?? 0) - (a.placedAtUs ?? 0) || Number(b.number) - Number(a.number))
            .map((row) => row.number);
          expect(await walk({ channel, status }, first)).toEqual(expected);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('goes on where it was when orders come in meanwhile', async () => {
    await addOrders(
      orders.db,
      [1, 2, 3, 4].map((hour) => at(hour)),
    );
    const { pageInfo } = await readPage({ first: 2 });
    await addOrders(orders.db, [at(9)]);
    const { nodes } = await readPage({ first: 2, after: pageInfo.endCursor });
    expect(nodes).toEqual([{ number: 'at-2' }, { number: 'at-1' }]);
  });

  it('is empty for a channel that does not exist, and for no status at all', async () => {
    await addOrders(orders.db, [at(1)]);
    expect((await readPage({ channel: 'fax' })).edges).toEqual([]);
    expect((await readPage({ status: [] })).edges).toEqual([]);
  });

  it.each([0, 101, -1])('refuses a page of %i', async (first) => {
    expect((await orders.askForErrors(book, { first }))[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  });

  it.each([
    ['no base64', '!'],
    ['another list', cursor(['order-lines', 1])],
    ['a time beyond all', cursor(['orders', 1e300, 'id-1'])],
    ['a time between microseconds', cursor(['orders', 1.5, 'id-1'])],
    ['an id that Postgres cannot hold', cursor(['orders', 1, 'a\u0000b'])],
    ['half a character', Buffer.from('["orders",1,"\\ud800"]').toString('base64url')],
  ])('refuses a cursor of %s', async (_what, after) => {
    expect((await orders.askForErrors(book, { after }))[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  });

  it('refuses a channel that no row can hold', async () => {
    expect((await orders.askForErrors(book, { channel: 'a\u0000' }))[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  });

  it('walks an index under every filter, deep in a long book too, and sorts no more than a page a status', async () => {
    await sql`
      insert into "order" (number, channel_id, status, currency_code, total_minor, placed_at)
      select 'n' || i, case i % 3 when 0 then 'pos' else 'web' end,
             case i % 50 when 0 then 'PLACED' else 'FULFILLED' end, 'GBP', 100,
             timestamptz '2011-01-01Z' + i * interval '1 minute'
      from generate_series(1, 20000) i`.execute(orders.db);
    await sql`analyze "order"`.execute(orders.db);
    const after = { placedAtUs: toUs('2011-01-07T00:00:00Z'), id: 'm' };
    for (const [channelId, statuses, index] of [
      [null, null, 'order_placed_idx'],
      ['web', null, 'order_channel_placed_idx'],
      [null, ['PLACED', 'CANCELLED'], 'order_status_placed_idx'],
      ['web', ['PLACED', 'CANCELLED'], 'order_channel_status_placed_idx'],
    ] as const) {
      const rows = await selectOrders(orders.db, { channelId, statuses, after, limit: 51 }).explain(
        'text',
        sql`analyze`,
      );
      const plan = rows.map((row) => Object.values(row).join()).join('\n');
      expect(plan).toContain(index);
      expect(plan).not.toContain('Seq Scan');
      expect(plan).not.toContain('Rows Removed by Filter');
      for (const [, sorted] of plan.matchAll(/Sort .*rows=(\d+)(?:\.\d+)? loops/g)) {
        expect(Number(sorted)).toBeLessThanOrEqual(51 * 2);
      }
    }
  });
});

function at(hour: number): TestOrder {
  return { number: `at-${hour}`, placedAtUs: toUs(`2011-03-01T0${hour}:00:00Z`) };
}

function cursor(values: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}
