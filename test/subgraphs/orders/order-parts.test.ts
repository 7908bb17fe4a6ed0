import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addOrders, addReturn, openOrders } from './order-rows.ts';

let orders: Awaited<ReturnType<typeof openOrders>>;
const lineCount = 23;
const numbers = Array.from({ length: 30 }, (_, index) => `${100001 + index}`);
let partIds: readonly string[];
let returnId: string;

beforeAll(async () => {
  orders = await openOrders();
  await addOrders(
    orders.db,
    numbers.map((number, index) => ({
      number,
      lines: Array.from({ length: index === 0 ? lineCount : 3 }, (_, line) => ({
        sku: `SKU-${line + 1}`,
        quantity: line + 1,
        unitPriceMinor: 199,
      })),
    })),
  );
  await orders.db
    .insertInto('order_event')
    .values(
      numbers.flatMap((number) => [
        { order_id: `id-${number}`, at: new Date('2011-03-03T00:00:00Z'), kind: 'DELIVERED', message: 'Arrived.' },
        { order_id: `id-${number}`, at: new Date('2011-03-01T00:00:00Z'), kind: 'PLACED', message: 'Thank you.' },
        { order_id: `id-${number}`, at: new Date('2011-03-02T00:00:00Z'), kind: 'SHIPPED', message: 'On its way.' },
      ]),
    )
    .execute();
  partIds = await addParts();
  returnId = await addReturn(orders.db, '100001', 1);
  await addReturn(orders.db, '100002', 1, 'REQUESTED');
  await addReturn(orders.db, '100030', 1);
});
afterAll(() => orders.close());

/** Two fulfilment orders and one fulfilment of each order; the ids of the first order's fulfilment orders. */
async function addParts(): Promise<readonly string[]> {
  const rows = await orders.db
    .insertInto('fulfillment_order')
    .values(
      numbers.flatMap((number) => [
        {
          order_id: `id-${number}`,
          location_id: 'warehouse-1',
          method: 'SHIPPING' as const,
          status: 'DONE' as const,
          promised_by: new Date('2011-03-05T12:00:00Z'),
          created_at: new Date('2011-03-01T10:01:00Z'),
        },
        {
          order_id: `id-${number}`,
          location_id: 'camden',
          method: 'PICKUP' as const,
          status: 'READY' as const,
          promised_by: null,
          created_at: new Date('2011-03-01T10:02:00Z'),
        },
      ]),
    )
    .returning(['id', 'order_id', 'method'])
    .execute();
  await orders.db
    .insertInto('fulfillment_order_line')
    .values(
      rows.flatMap(({ id, order_id, method }) =>
        (method === 'SHIPPING' ? [2, 1] : [3]).map((line_position) => ({
          fulfillment_order_id: id,
          order_id,
          line_position,
          quantity: line_position,
        })),
      ),
    )
    .execute();
  const shipped = rows.filter((row) => row.method === 'SHIPPING');
  const fulfillments = await orders.db
    .insertInto('fulfillment')
    .values(
      shipped.map(({ id, order_id }, index) => ({
        fulfillment_order_id: id,
        order_id,
        location_id: 'warehouse-1',
        status: 'DELIVERED',
        carrier: index === 1 ? null : 'Royal Mail',
        tracking_number: index === 1 ? null : `RM${index}`,
        tracking_url: null,
        created_at: new Date('2011-03-02T00:00:00Z'),
      })),
    )
    .returning(['id', 'order_id'])
    .execute();
  await orders.db
    .insertInto('fulfillment_line')
    .values(fulfillments.map(({ id, order_id }) => ({ fulfillment_id: id, order_id, line_position: 1, quantity: 1 })))
    .execute();
  return rows.filter((row) => row.order_id === 'id-100001').map((row) => row.id);
}

const lines = `query ($number: String!, $first: Int, $after: String) { order(number: $number) {
  lines(first: $first, after: $after) {
    edges { cursor node { quantity } }
    nodes { variant { sku } title quantity unitPrice { amount currencyCode } total { amount } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
} }`;

interface LinesPage {
  readonly order: {
    readonly lines: {
      readonly edges: readonly { readonly cursor: string; readonly node: { readonly quantity: number } }[];
      readonly nodes: readonly unknown[];
      readonly pageInfo: {
        readonly hasNextPage: boolean;
        readonly hasPreviousPage: boolean;
        readonly endCursor: string;
      };
    };
  };
}

describe('the lines of an order', () => {
  it('come each once and in order, whatever the page size', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: lineCount + 1 }), async (first) => {
        const quantities: number[] = [];
        for (let after: string | null = null, hasNextPage = true; hasNextPage; ) {
          const page: LinesPage['order']['lines'] = (
            await orders.ask<LinesPage>(lines, { number: '100001', first, after })
          ).order.lines;
          expect(page.pageInfo.hasPreviousPage).toBe(after !== null);
          quantities.push(...page.edges.map((edge) => edge.node.quantity));
          after = page.pageInfo.endCursor;
          hasNextPage = page.pageInfo.hasNextPage;
        }
        expect(quantities).toEqual(Array.from({ length: lineCount }, (_, index) => index + 1));
      }),
      { numRuns: 20 },
    );
  });

  it('show what was sold', async () => {
    const { order } = await orders.ask<LinesPage>(lines, { number: '100001', first: 3 });
    expect(order.lines.nodes[2]).toEqual({
      variant: { sku: 'SKU-3' },
      title: 'Title of SKU-3',
      quantity: 3,
      unitPrice: { amount: '1.99', currencyCode: 'GBP' },
      total: { amount: '5.97' },
    });
  });

  it('are asked for with several page sizes and cursors at once, in one statement', async () => {
    const after = Buffer.from('["order-lines",2]').toString('base64url');
    const query = `{ order(number: "100001") {
      few: lines(first: 2) { nodes { quantity } pageInfo { hasNextPage } }
      more: lines(first: 4, after: "${after}") { nodes { quantity } pageInfo { hasNextPage } }
    } }`;
    expect(await orders.ask(query)).toEqual({
      order: {
        few: { nodes: [1, 2].map((quantity) => ({ quantity })), pageInfo: { hasNextPage: true } },
        more: { nodes: [3, 4, 5, 6].map((quantity) => ({ quantity })), pageInfo: { hasNextPage: true } },
      },
    });
    expect(await orders.countStatements(query)).toBe(2);
  });

  it.each([
    { first: 0 },
    { first: 101 },
    { after: 'nonsense' },
    { after: Buffer.from('["order-lines",1e12]').toString('base64url') },
    { after: Buffer.from('["order-lines",1.5]').toString('base64url') },
  ])('refuse %o', async (page) => {
    const [error] = await orders.askForErrors(lines, { number: '100001', ...page });
    expect(error?.extensions?.code).toBe('BAD_USER_INPUT');
  });
});

describe('the timeline of an order', () => {
  const timeline = `query ($last: Int) { order(number: "100001") { timeline(last: $last) { at kind message } } }`;

  it('begins with the earliest, and can be cut to the last', async () => {
    const delivered = { at: '2011-03-03T00:00:00.000Z', kind: 'DELIVERED', message: 'Arrived.' };
    const { order } = await orders.ask<{ order: { timeline: { kind: string }[] } }>(timeline, {});
    expect(order.timeline.map((event) => event.kind)).toEqual(['PLACED', 'SHIPPED', 'DELIVERED']);
    expect(await orders.ask(timeline, { last: 1 })).toEqual({ order: { timeline: [delivered] } });
    expect((await orders.askForErrors(timeline, { last: 0 }))[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  });

  it('is cut for each that asks, in one statement for all', async () => {
    const query = `{ order(number: "100001") { short: timeline(last: 1) { kind } longer: timeline(last: 2) { kind } } }`;
    expect(await orders.ask(query)).toEqual({
      order: { short: [{ kind: 'DELIVERED' }], longer: [{ kind: 'SHIPPED' }, { kind: 'DELIVERED' }] },
    });
    expect(await orders.countStatements(query)).toBe(2);
  });
});

describe('what locations do for an order', () => {
  it('is shown as asked for and as done, with its lines', async () => {
    expect(
      await orders.ask(`{ order(number: "100001") {
        fulfillmentOrders { location { id } method status promisedBy order { number } lines { variant { sku } quantity } }
        fulfillments { status location { id } tracking { carrier number url } lines { variant { sku } quantity } createdAt }
      } }`),
    ).toEqual({
      order: {
        fulfillmentOrders: [
          {
            location: { id: 'warehouse-1' },
            method: 'SHIPPING',
            status: 'DONE',
            promisedBy: '2011-03-05T12:00:00.000Z',
            order: { number: '100001' },
            lines: [
              { variant: { sku: 'SKU-1' }, quantity: 1 },
              { variant: { sku: 'SKU-2' }, quantity: 2 },
            ],
          },
          {
            location: { id: 'camden' },
            method: 'PICKUP',
            status: 'READY',
            promisedBy: null,
            order: { number: '100001' },
            lines: [{ variant: { sku: 'SKU-3' }, quantity: 3 }],
          },
        ],
        fulfillments: [
          {
            status: 'DELIVERED',
            location: { id: 'warehouse-1' },
            tracking: { carrier: 'Royal Mail', number: 'RM0', url: null },
            lines: [{ variant: { sku: 'SKU-1' }, quantity: 1 }],
            createdAt: '2011-03-02T00:00:00.000Z',
          },
        ],
      },
    });
    expect(await orders.ask(`{ order(number: "100002") { fulfillments { tracking { carrier } } } }`)).toEqual({
      order: { fulfillments: [{ tracking: null }] },
    });
  });

  it('is found by reference, with returns, in one statement a type', async () => {
    const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
      ... on FulfillmentOrder { id method }
      ... on Return { id status refund { amount currencyCode } createdAt }
    } }`;
    const [shipping = '', pickup = ''] = partIds;
    const representations = [
      { __typename: 'FulfillmentOrder', id: pickup },
      { __typename: 'Return', id: returnId },
      { __typename: 'FulfillmentOrder', id: 'nobody' },
      { __typename: 'Return', id: null },
      { __typename: 'FulfillmentOrder', id: shipping },
    ];
    expect(await orders.ask(query, { representations })).toEqual({
      _entities: [
        { id: pickup, method: 'PICKUP' },
        {
          id: returnId,
          status: 'REFUNDED',
          refund: { amount: '1.00', currencyCode: 'GBP' },
          createdAt: '2011-04-01T00:00:00.000Z',
        },
        null,
        null,
        { id: shipping, method: 'SHIPPING' },
      ],
    });
    expect(await orders.countStatements(query, { representations })).toBe(2);
  });
});

describe('returns of an order', () => {
  it('show what came back and why', async () => {
    expect(
      await orders.ask(
        `{ order(number: "100001") { returns { status refund { amount } lines { variant { sku } quantity reason } } } }`,
      ),
    ).toEqual({
      order: {
        returns: [
          {
            status: 'REFUNDED',
            refund: { amount: '1.00' },
            lines: [{ variant: { sku: 'SKU-1' }, quantity: 1, reason: 'UNWANTED' }],
          },
        ],
      },
    });
  });
});

describe('a page of orders with everything in it', () => {
  const everything = `query ($first: Int!) { orders(first: $first) { nodes {
    number
    lines(first: 10) { nodes { variant { sku } quantity } }
    timeline(last: 1) { kind }
    fulfillmentOrders { location { id } status order { number } lines { quantity } }
    fulfillments { status lines { quantity } }
    returns { status lines { quantity } }
  } } }`;

  it('costs the same number of statements, whatever it holds', async () => {
    expect(await orders.countStatements(everything, { first: 1 })).toBe(
      await orders.countStatements(everything, { first: 30 }),
    );
    // The orders; their lines and events; fulfilment orders, fulfilments and returns, each with lines.
    expect(await orders.countStatements(everything, { first: 30 })).toBe(9);
  });
});
