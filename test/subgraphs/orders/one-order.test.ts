import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addOrders, openOrders } from './order-rows.ts';

let orders: Awaited<ReturnType<typeof openOrders>>;
beforeAll(async () => {
  orders = await openOrders();
  await addOrders(orders.db, [
    { number: '100001', email: 'Zoë.Long@example.com', customer_id: 'customer-1', external_reference: 'M-7' },
    { number: '100002' },
    { number: '100003', email: '' },
  ]);
});
afterAll(() => orders.close());

const byNumber = 'query ($number: String!, $email: String) { order(number: $number, email: $email) { id number } }';
const found = { order: { id: 'id-100001', number: '100001' } };

describe('an order by its number', () => {
  it('is found without an e-mail, and with its own in any case', async () => {
    expect(await orders.ask(byNumber, { number: '100001' })).toEqual(found);
    for (const email of ['Zoë.Long@example.com', 'ZOË.LONG@EXAMPLE.COM', 'zoe\u0308.long@example.com ']) {
      expect(await orders.ask(byNumber, { number: '100001', email })).toEqual(found);
    }
  });

  it("looks the same when the e-mail is another's, when the order has none, and when it does not exist", async () => {
    const answers = await Promise.all(
      [
        { number: '100001', email: 'someone@example.com' },
        { number: '100001', email: '' },
        { number: '100002', email: 'someone@example.com' },
        { number: '100002', email: '' },
        { number: '999999', email: 'someone@example.com' },
        { number: '999999' },
        { number: 'a\u0000b' },
      ].map(async (variables) => {
        const answer = await orders.subgraph.execute({
          query: byNumber,
          variables,
          headers: {},
          signal: new AbortController().signal,
        });
        return JSON.stringify(answer);
      }),
    );
    expect(new Set(answers)).toEqual(new Set(['{"data":{"order":null}}']));
  });

  it('takes as many statements whether the e-mail fits or not', async () => {
    for (const email of ['zoë.long@example.com', 'someone@example.com']) {
      expect(await orders.countStatements(byNumber, { number: '100001', email })).toBe(1);
    }
  });

  it('shows what stands in its row', async () => {
    const query = `query ($number: String!) { order(number: $number) {
      status placedAt externalReference channel { id } customer { id } total { amount currencyCode }
    } }`;
    expect(await orders.ask(query, { number: '100001' })).toEqual({
      order: {
        status: 'PLACED',
        placedAt: '2011-03-01T10:00:00.000Z',
        externalReference: 'M-7',
        channel: { id: 'web' },
        customer: { id: 'customer-1' },
        total: { amount: '0.00', currencyCode: 'GBP' },
      },
    });
    expect(await orders.ask(query, { number: '100002' })).toMatchObject({
      order: { externalReference: null, customer: null },
    });
  });
});

describe('order references', () => {
  const entities = `query ($representations: [_Any!]!) {
    _entities(representations: $representations) { ... on Order { id number } }
  }`;
  const representations = [
    { __typename: 'Order', number: '100002' },
    { __typename: 'Order', id: 'id-100001' },
    { __typename: 'Order', id: 'nobody' },
    { __typename: 'Order', number: '100001' },
    { __typename: 'Order', number: 'nobody' },
    { __typename: 'Order', id: 'a\u0000b' },
    { __typename: 'Order', id: null },
    { __typename: 'Order', number: null },
    { __typename: 'Order' },
    { __typename: 'Order', id: 'id-100001' },
  ];

  it('are found by id and by number, in the order asked for; null for those that are not there', async () => {
    const first = { id: 'id-100001', number: '100001' };
    expect(await orders.ask(entities, { representations })).toEqual({
      _entities: [{ id: 'id-100002', number: '100002' }, first, null, first, null, null, null, null, null, first],
    });
  });

  it('cost one statement for all ids and one for all numbers', async () => {
    expect(await orders.countStatements(entities, { representations })).toBe(2);
    const byId = representations.filter((one) => one.id !== undefined);
    expect(await orders.countStatements(entities, { representations: byId })).toBe(1);
  });
});
