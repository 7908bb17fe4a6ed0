import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addOrders, openOrders, toUs } from './order-rows.ts';

let orders: Awaited<ReturnType<typeof openOrders>>;
const countOf = { anna: 9, bela: 1, cleo: 4 };

beforeAll(async () => {
  orders = await openOrders();
  await addOrders(
    orders.db,
    Object.entries(countOf).flatMap(([customer_id, count]) =>
      Array.from({ length: count }, (_, index) => ({
        number: `${customer_id}-${index}`,
        customer_id,
        channel_id: index % 2 === 0 ? 'web' : 'pos',
        // Three at each instant.
        placedAtUs: toUs('2011-03-01T10:00:00Z') + Math.floor(index / 3),
      })),
    ),
  );
});
afterAll(() => orders.close());

const ofCustomers = `query ($customers: [_Any!]!, $first: Int, $after: String) {
  _entities(representations: $customers) { ... on Customer { id orders(first: $first, after: $after) {
    nodes { number } pageInfo { hasNextPage hasPreviousPage endCursor }
  } } }
}`;

interface Customers {
  readonly _entities: readonly {
    readonly orders: {
      readonly nodes: readonly { readonly number: string }[];
      readonly pageInfo: {
        readonly hasNextPage: boolean;
        readonly hasPreviousPage: boolean;
        readonly endCursor: string;
      };
    };
  }[];
}

function customers(...ids: readonly (string | null)[]) {
  return ids.map((id) => ({ __typename: 'Customer', id }));
}

describe("a customer's orders", () => {
  it('come each once over all channels, newest first, whatever the page size', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 10 }), async (first) => {
        const numbers: string[] = [];
        for (let after: string | null = null, hasNextPage = true; hasNextPage; ) {
          const answer: Customers = await orders.ask(ofCustomers, { customers: customers('anna'), first, after });
          const page = answer._entities[0]?.orders;
          if (page === undefined) throw new Error('No customer.');
          expect(page.pageInfo.hasPreviousPage).toBe(after !== null);
          numbers.push(...page.nodes.map((node) => node.number));
          after = page.pageInfo.endCursor;
          hasNextPage = page.pageInfo.hasNextPage;
        }
        expect(numbers).toEqual([8, 7, 6, 5, 4, 3, 2, 1, 0].map((index) => `anna-${index}`));
      }),
      { numRuns: 10 },
    );
  });

  it('of several customers are read in one statement, each with a page of its own', async () => {
    const asked = { customers: customers('cleo', 'nobody', 'anna', 'bela', 'a\u0000b', 'anna'), first: 2 };
    const { _entities } = await orders.ask<Customers>(ofCustomers, asked);
    expect(
      _entities.map(({ orders }) => [orders.nodes.map((node) => node.number).join(), orders.pageInfo.hasNextPage]),
    ).toEqual([
      ['cleo-3,cleo-2', true],
      ['', false],
      ['anna-8,anna-7', true],
      ['bela-0', false],
      ['', false],
      ['anna-8,anna-7', true],
    ]);
    expect(await orders.countStatements(ofCustomers, asked)).toBe(1);
  });

  it('are those of an id that is there: a null one gives null', async () => {
    expect(await orders.ask(ofCustomers, { customers: customers(null) })).toEqual({ _entities: [null] });
  });

  it.each([{ first: 0 }, { first: 101 }, { after: Buffer.from('["orders",1,"x"]').toString('base64url') }])(
    'refuse %o',
    async (page) => {
      const [error] = await orders.askForErrors(ofCustomers, { customers: customers('anna'), ...page });
      expect(error?.extensions?.code).toBe('BAD_USER_INPUT');
    },
  );
});
