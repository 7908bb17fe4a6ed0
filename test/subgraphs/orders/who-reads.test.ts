import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, nobody } from '../../../subgraphs/shared/caller.ts';
import { createCaller, customerCalled, partnerOn, tillAt } from '../../support/callers.ts';
import { addOrders, addReturn, openOrders } from './order-rows.ts';

let orders: Awaited<ReturnType<typeof openOrders>>;
let partId: string;
let returnId: string;

beforeAll(async () => {
  orders = await openOrders();
  await addOrders(orders.db, [
    { number: '1', channel_id: 'web', customer_id: 'ann', email: 'ann@example.com', lines: [{}] },
    { number: '2', channel_id: 'pos', customer_id: 'bob', email: 'bob@example.com', lines: [{}] },
    { number: '3', channel_id: 'pos', customer_id: null, email: null, lines: [{}] },
  ]);
  returnId = await addReturn(orders.db, '1', 1);
  const rows = await orders.db
    .insertInto('fulfillment_order')
    .values({
      order_id: 'id-1',
      location_id: 'camden',
      method: 'PICKUP',
      status: 'READY',
      promised_by: null,
      created_at: new Date('2011-03-01T10:01:00Z'),
    })
    .returning('id')
    .execute();
  partId = rows[0]?.id ?? '';
});
afterAll(() => orders.close());

/** All that anybody can try to read, by every way into this subgraph. */
const everything = `query ($references: [_Any!]!) {
  all: orders { nodes { number } }
  web: orders(channel: "web") { nodes { number } }
  pos: orders(channel: "pos") { nodes { number } }
  one: order(number: "1") { number }
  mailed: order(number: "1", email: "ANN@example.com") { number }
  wrong: order(number: "1", email: "bob@example.com") { number }
  guest: order(number: "3", email: "") { number }
  _entities(representations: $references) {
    ... on Order { number }
    ... on FulfillmentOrder { id order { number } }
    ... on Return { id }
    ... on Customer { orders { nodes { number } } }
    ... on Channel { sales(from: "2011-01-01", to: "2011-12-31") { orders } }
  }
}`;

interface Seen {
  readonly _entities: readonly unknown[];
  readonly [alias: string]: unknown;
}

async function seenBy(caller: Caller) {
  const references = [
    { __typename: 'Order', id: 'id-1' },
    { __typename: 'Order', number: '1' },
    { __typename: 'FulfillmentOrder', id: partId },
    { __typename: 'Return', id: returnId },
    { __typename: 'Customer', id: 'ann' },
    { __typename: 'Channel', id: 'web' },
  ];
  const { _entities, ...roots } = await orders.as(caller).ask<Seen>(everything, { references });
  const numbers = Object.entries(roots).map(([alias, value]) => [
    alias,
    JSON.stringify(value).match(/(?<="number":")\d/g),
  ]);
  return { ...Object.fromEntries(numbers), entities: _entities.map((each) => JSON.stringify(each)) };
}

const order1 = '{"number":"1"}';
const nothing = { all: null, web: null, pos: null, one: null, mailed: ['1'], wrong: null, guest: null };
const noEntities = ['null', 'null', 'null', 'null', '{"orders":null}', '{"sales":null}'];

test('staff by scope, and services, read everything', async () => {
  for (const caller of [createCaller('staff', {}, ['orders:read']), createCaller('service')]) {
    expect(await seenBy(caller)).toEqual({
      ...nothing,
      all: expect.arrayContaining(['1', '2', '3']),
      web: ['1'],
      pos: expect.arrayContaining(['2', '3']),
      one: ['1'],
      entities: [
        order1,
        order1,
        JSON.stringify({ id: partId, order: { number: '1' } }),
        JSON.stringify({ id: returnId }),
        '{"orders":{"nodes":[{"number":"1"}]}}',
        '{"sales":{"orders":1}}',
      ],
    });
  }
});

test('a customer reads their own orders and what belongs to them', async () => {
  const part = JSON.stringify({ id: partId, order: { number: '1' } });
  const own = [order1, order1, part, JSON.stringify({ id: returnId }), '{"orders":{"nodes":[{"number":"1"}]}}'];
  expect(await seenBy(customerCalled('ann'))).toEqual({ ...nothing, one: ['1'], entities: [...own, '{"sales":null}'] });
  expect(await seenBy(customerCalled('bob'))).toEqual({ ...nothing, entities: noEntities });
});

test('a partner reads the orders of its channel, whoever placed them, and not who did', async () => {
  const part = JSON.stringify({ id: partId, order: { number: '1' } });
  expect(await seenBy(partnerOn('web'))).toEqual({
    ...nothing,
    all: ['1'],
    web: ['1'],
    one: ['1'],
    entities: [order1, order1, part, JSON.stringify({ id: returnId }), '{"orders":null}', '{"sales":{"orders":1}}'],
  });
  const { all, web, pos, entities } = await seenBy(partnerOn('pos'));
  expect([all.sort(), web, pos.sort(), entities]).toEqual([['2', '3'], null, ['2', '3'], noEntities]);
});

test('a till reads what its location has to hand over', async () => {
  const part = JSON.stringify({ id: partId, order: { number: '1' } });
  const [order, number, , ...rest] = noEntities;
  expect(await seenBy(tillAt('camden'))).toEqual({ ...nothing, entities: [order, number, part, ...rest] });
  expect(await seenBy(tillAt('soho'))).toEqual({ ...nothing, entities: noEntities });
});

test.each<[string, Caller]>([
  ['nobody', nobody],
  ['a partner without a channel', createCaller('partner', {}, ['partner'])],
  ['a till without a location', createCaller('till', {}, ['till'])],
  ['a customer without a profile', createCaller('customer', {}, ['customer'])],
  ['a customer who claims a scope of staff', createCaller('customer', {}, ['orders:read'])],
  ['a partner who claims another attribute', createCaller('partner', { customer: 'ann', location: 'camden' })],
  ['staff for stock', createCaller('staff', { customer: 'ann', channel: 'web' }, ['stock:read', 'customers:read'])],
])('%s reads nothing but with number and e-mail', async (_who, caller) => {
  expect(await seenBy(caller)).toEqual({ ...nothing, entities: noEntities });
});

test('what is not theirs looks exactly like what is not there', async () => {
  const query = `query ($number: String!, $channel: ID!, $references: [_Any!]!) {
    order(number: $number) { id status }
    mailed: order(number: $number, email: "eve@example.com") { id status }
    orders(channel: $channel) { nodes { id } pageInfo { hasNextPage endCursor } }
    _entities(representations: $references) { ... on Order { id } ... on Return { id } ... on Customer { orders { nodes { id } } } }
  }`;
  const variables = (number: string, channel: string, id: string) => ({
    number,
    channel,
    references: [
      { __typename: 'Order', id: `id-${number}` },
      { __typename: 'Return', id },
      { __typename: 'Customer', id },
    ],
  });
  for (const caller of [nobody, customerCalled('bob'), partnerOn('pos'), tillAt('camden')]) {
    const asked = orders.as(caller);
    expect(await asked.ask(query, variables('1', 'web', returnId))).toEqual(
      await asked.ask(query, variables('999', 'nowhere', 'nobody')),
    );
  }
});
