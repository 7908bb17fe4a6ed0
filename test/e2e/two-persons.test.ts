import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { staffScopes } from '../../cli/own-kinds.ts';
import { type Caller, nobody } from '../../subgraphs/shared/caller.ts';
import { sendBy } from '../attacks/roads.ts';
import { createCaller, customerCalled, partnerOn, tillAt } from '../support/callers.ts';
import { waitUntil } from '../support/wait-until.ts';
import { documentedOperations } from './documented-operations.ts';
import { ask } from './graph-client.ts';
import { openWholeGraph, type WholeGraph } from './open-whole-graph.ts';

/*
 * Everybody asks for what is another's, and for what does not exist: whoever may not see the first cannot tell it from the second, not by
 * one byte.
 */
let graph: WholeGraph;
let customers: readonly [string, string];
let order: { readonly id: string; readonly number: string; readonly channel_id: string };
let hold: string;
let transfer: string;

const [ownShop, otherShop, sku, absentId] = [
  'bestbuy-4',
  'bestbuy-10',
  '9984203',
  '01890000-0000-7000-8000-000000000000',
];
const everybody = (): readonly Caller[] => [
  nobody,
  ...customers.map(customerCalled),
  tillAt(ownShop),
  tillAt(otherShop),
  partnerOn('web'),
  partnerOn('marketplace-craftfair'),
  { ...createCaller('staff'), id: 'staff without a scope' },
  { ...customerCalled(absentId), id: 'customer of no profile' },
  { ...tillAt('nowhere-at-all'), id: 'till of no location' },
  ...staffScopes.map((scope) => ({ ...createCaller('staff', {}, [scope]), id: `staff ${scope}` })),
];

beforeAll(async () => {
  graph = await openWholeGraph();
  const { db } = graph.database.connectAs('orders');
  const buyers = await db
    .selectFrom('order')
    .select(['id', 'customer_id', 'number', 'channel_id'])
    .where('customer_id', 'is not', null)
    .where('channel_id', '=', 'web')
    .distinctOn('customer_id')
    .limit(2)
    .execute();
  const [one, other] = buyers;
  if (one?.customer_id == null || other?.customer_id == null) throw new Error('The sample data has no two customers.');
  customers = [one.customer_id, other.customer_id];
  order = other;
  const staff = createCaller('staff', {}, ['stock:write']);
  const lines = [{ sku, quantity: 1 }];
  const made = await run<{ hold: { hold: { id: string } }; send: { transfer: { id: string } } }>(
    staff,
    `mutation ($hold: HoldStockInput!, $send: SendStockTransferInput!, $receive: AdjustStockInput!) {
      adjustStock(input: $receive) { replayed }
      hold: holdStock(input: $hold) { hold { id } }
      send: sendStockTransfer(input: $send) { transfer { id } }
    }`,
    {
      receive: { location: otherShop, sku, delta: 50, reason: 'RECEIVED', reference: 'r', idempotencyKey: 'receive' },
      hold: { location: otherShop, sku, quantity: 1, owner: {}, minutes: 600, idempotencyKey: 'hold' },
      send: { from: otherShop, to: 'bestbuy-8', lines, reference: 'van', idempotencyKey: 'send' },
    },
  );
  hold = made.data?.hold.hold.id ?? '';
  transfer = made.data?.send.transfer.id ?? '';
  // What lies there is too little, so that there is an alert.
  const low = { location: otherShop, thresholds: [{ sku, low: 1_000 }], idempotencyKey: 'low' };
  await run(
    staff,
    'mutation ($input: SetStockThresholdsInput!) { setStockThresholds(input: $input) { userErrors { code } } }',
    { input: low },
  );
  await waitUntil('there is an alert', async () => {
    const alerts = 'query ($location: ID) { stockAlerts(location: $location, first: 1) { nodes { id } } }';
    const { data } = await run<{ stockAlerts: { nodes: object[] } }>(staff, alerts, { location: otherShop });
    return data?.stockAlerts.nodes.length === 1;
  });
}, 120_000);
afterAll(() => graph[Symbol.asyncDispose]());

function run<Data>(caller: Caller, document: string, variables: object, operationName?: string) {
  const authorization = graph.authorizationOf(caller);
  const name = operationName === undefined ? {} : { operationName };
  return ask<Data>(graph.gateway.url, document, { ...variables }, { authorization, ...name });
}

/** Each way that carries everything, feeds too; of a feed the first event is compared. */
const roads = ['POST', 'stream by POST', 'WebSocket'] as const;
const feedRoads = ['stream by POST', 'WebSocket'] as const;

interface Trial {
  readonly name: string;
  readonly document: string;
  readonly kind: string;
  readonly operationName?: string;
  readonly others: object;
  readonly absent: object;
  /** Who is shown the other's, so that the difference is seen. */
  readonly mayRead: (caller: Caller) => boolean;
}

const isStaffWith = (caller: Caller, ...scopes: string[]): boolean =>
  caller.kind === 'staff' && scopes.some((scope) => caller.scopes.has(scope));
const isTillOf = (caller: Caller): boolean => caller.attributes.location === otherShop;

/** The documented operations that name something of somebody's, and more by every way to what is somebody's. */
function trials(): readonly Trial[] {
  const named = new Map(documentedOperations().map((operation) => [operation.name, operation]));
  const documented = (name: string, others: object, absent: object, mayRead: Trial['mayRead']): Trial => {
    const operation = named.get(name);
    if (operation === undefined) throw new Error(`There is no operation ${name}.`);
    const { document, variables, kind } = operation;
    const both = { name, document, kind, operationName: name, mayRead };
    return { ...both, others: { ...variables, ...others }, absent: { ...variables, ...absent } };
  };
  const other = (document: string, others: object, absent: object, mayRead: Trial['mayRead']): Trial => {
    return { name: document, document, kind: 'query', others, absent, mayRead };
  };
  const [location, nowhere] = [{ location: otherShop }, { location: 'nowhere' }];
  const count = { counts: [{ sku, counted: 3 }] };
  const readsStock = (caller: Caller) => isStaffWith(caller, 'stock:read', 'stock:write') || isTillOf(caller);
  const writesStock = (caller: Caller) => isStaffWith(caller, 'stock:write');
  const readsOrder = (caller: Caller) =>
    isStaffWith(caller, 'orders:read', 'orders:write') ||
    caller.attributes.customer === customers[1] ||
    caller.attributes.channel === order.channel_id;
  // The gateway lets nobody with another scope ask.
  const followsOrder = (caller: Caller) => readsOrder(caller) && !isStaffWith(caller, 'orders:write');
  const readsCustomer = (caller: Caller) =>
    isStaffWith(caller, 'customers:read') || caller.attributes.customer === customers[1];
  const usesHold = (caller: Caller) => writesStock(caller) || isTillOf(caller);
  return [
    documented('OrderStatus', { number: order.number }, { number: 'none' }, readsOrder),
    documented(
      'OrderStatus',
      { number: order.number, email: 'nobody@example.com' },
      { number: 'none', email: 'nobody@example.com' },
      () => false,
    ),
    documented('OrderUpdated', { order: order.id }, { order: absentId }, followsOrder),
    other(
      'query ($id: ID!) { orderChanges(id: $id) { kind cursor orders { number lines { nodes { quantity } } } } }',
      { id: order.id },
      { id: absentId },
      followsOrder,
    ),
    documented(
      'OrderBook',
      { channel: 'web', status: null },
      { channel: 'none', status: null },
      // Outside of the partner contract: it asks who the customer is.
      (caller) => isStaffWith(caller, 'orders:read'),
    ),
    documented('WhyThisNumber', { sku, ...location }, { sku, ...nowhere }, readsStock),
    documented('Scan', location, nowhere, readsStock),
    documented('TillStock', location, nowhere, readsStock),
    documented('Receive', { ...location, key: '' }, { ...nowhere, key: '' }, writesStock),
    documented('Count', { ...location, ...count, key: '' }, { ...nowhere, ...count, key: '' }, usesHold),
    documented('HoldInStore', { ...location, sku, key: '' }, { ...nowhere, sku, key: '' }, usesHold),
    documented(
      'StockChanges',
      { channel: 'web' },
      { channel: 'none' },
      (caller) => isStaffWith(caller, 'stock:read', 'stock:write') || caller.attributes.channel === 'web',
    ),
    other(
      'query ($id: ID!) { customer(id: $id) { displayName } }',
      { id: customers[1] },
      { id: absentId },
      readsCustomer,
    ),
    other(
      'query ($id: ID!) { stockHold(id: $id) { state lines { quantity } } }',
      { id: hold },
      { id: absentId },
      readsStock,
    ),
    other(
      'query ($id: ID!) { a: stockTransfer(id: $id) { reference } }',
      { id: transfer },
      { id: absentId },
      readsStock,
    ),
    other(
      'mutation ($id: ID!, $key: ID!) { extendHold(input: { hold: $id, minutes: 1, idempotencyKey: $key }) { hold { state } userErrors { code message } } }',
      { id: hold, key: '' },
      { id: absentId, key: '' },
      usesHold,
    ),
    other(
      'mutation ($id: ID!, $key: ID!) { releaseHold(input: { hold: $id, idempotencyKey: $key }) { hold { state } userErrors { code message } } }',
      { id: hold, key: '' },
      { id: absentId, key: '' },
      usesHold,
    ),
    other(
      'mutation ($id: ID!, $key: ID!) { commitHold(input: { hold: $id, as: SELL, reference: "none", idempotencyKey: $key }) { hold { state } userErrors { code message } } }',
      { id: hold, key: '' },
      { id: absentId, key: '' },
      usesHold,
    ),
    other(
      'query ($location: ID) { stockAlerts(location: $location, first: 3) { nodes { id } } }',
      location,
      nowhere,
      (caller) => isStaffWith(caller, 'stock:read', 'stock:write') || isTillOf(caller),
    ),
    {
      ...other(
        'subscription ($location: ID) { stockAlerts(location: $location) { kind alerts { id } } }',
        location,
        nowhere,
        (caller) => isStaffWith(caller, 'stock:read', 'stock:write') || isTillOf(caller),
      ),
      kind: 'subscription',
    },
  ];
}

/** What of an answer is not about what was asked for: who asks again gets another, and the name of a feed is sealed in its cursor. */
const unlike = /(?<="(?:requestId|cursor)":")[^"]*|^id: .*$|,"remaining":\d+/gm;

async function answersTo(trial: Trial, caller: Caller, road: (typeof roads)[number]) {
  const { document, operationName, others, absent } = trial;
  const put = async (values: object): Promise<string> => {
    // A key that was used before would be answered by itself.
    const variables = JSON.stringify('key' in values ? { ...values, key: randomUUID() } : values);
    const sent = { query: document, variables, ...(operationName === undefined ? {} : { operationName }) };
    const answer = await sendBy(road, graph.gateway.url, sent, graph.authorizationOf(caller));
    return `${answer?.status} ${answer?.text.replace(unlike, '')}`;
  };
  return [await put(others), await put(absent)] as const;
}

test('nobody can tell what is another’s from what is not there', async () => {
  for (const trial of trials()) {
    for (const caller of everybody()) {
      for (const road of trial.kind === 'subscription' ? feedRoads : roads) {
        const what = `${trial.name} by ${caller.kind} ${caller.id} over ${road}`;
        const [ofOther, ofNone] = await answersTo(trial, caller, road);
        expect(ofOther, what).not.toContain('INTERNAL_SERVER_ERROR');
        if (trial.mayRead(caller)) expect(ofOther, what).not.toBe(ofNone);
        else expect(ofOther, what).toBe(ofNone);
      }
    }
  }
}, 300_000);

/** Those that everybody may run to the same end. */
const isForEverybody = ({ file, name }: { readonly file: string; readonly name: string }): boolean =>
  name !== 'OrderStatus' && (file.startsWith('storefront/') || name === 'CatalogueFeed' || name === 'StockAudit');

test('every documented operation is tried: for what is another’s, as what is for everybody, or as the scorecard', () => {
  const tried = new Set(trials().map(({ name }) => name));
  const left = documentedOperations().filter((operation) => !tried.has(operation.name) && !isForEverybody(operation));
  expect(left.map(({ name }) => name)).toEqual(['ChannelScorecard']);
});

test('the scorecard has of each channel what its reader may know of it', async () => {
  const [scorecard] = documentedOperations().filter(({ name }) => name === 'ChannelScorecard');
  if (scorecard === undefined) throw new Error('There is no scorecard.');
  interface Card {
    readonly id: string;
    readonly sales: object | null;
    readonly customers: object | null;
    readonly completeness: object | null;
  }
  for (const caller of everybody()) {
    const { data } = await run<{ channels: readonly Card[] }>(caller, scorecard.document, scorecard.variables);
    const who = `${caller.kind} ${caller.id}`;
    const seen = (key: 'sales' | 'customers') =>
      (data?.channels ?? []).filter((card) => card[key] !== null).map(({ id }) => id);
    if (isStaffWith(caller, 'orders:read')) expect(seen('sales').length, who).toBeGreaterThan(1);
    else
      expect(
        seen('sales').filter((id) => id !== caller.attributes.channel),
        who,
      ).toEqual([]);
    if (isStaffWith(caller, 'customers:read')) expect(seen('customers').length, who).toBeGreaterThan(1);
    else expect(seen('customers'), who).toEqual([]);
  }
});

test('what is for everybody is the same for everybody', async () => {
  const open = documentedOperations().filter(isForEverybody);
  expect(open.length).toBeGreaterThan(4);
  const instants = /"(asOf|readyBy|checkedAt)":"[^"]*"|"openNow":\w+/g;
  for (const { document, variables, name, file } of open.filter(({ kind }) => kind !== 'subscription')) {
    const answers = new Set<string>();
    // The whole catalogue costs more than nobody in particular may spend on one operation; the partner contract has no documents of staff.
    const callers = everybody().filter(
      ({ kind }) =>
        !(name === 'CatalogueFeed' && kind === 'anonymous') && !(file.startsWith('staff/') && kind === 'partner'),
    );
    for (const caller of callers) {
      const { data, errors } = await run(caller, document, variables, name);
      expect(errors, `${name} by ${caller.kind} ${caller.id}`).toBeUndefined();
      answers.add(JSON.stringify(data).replace(instants, ''));
    }
    expect(answers.size, name).toBe(1);
  }
}, 120_000);

test('a partner is shown the partner contract: what is outside of it is as what does not exist', async () => {
  const partner = partnerOn('web');
  const outside = [
    ['{ stockAlerts { nodes { sku } } }', 'stockAlerts'],
    ['{ x: me { displayName } }', 'me'],
    ['{ channel(id: "web") { hidden: completeness { score } } }', 'completeness'],
    ['fragment F on Channel { stockThreshold { low } } { channel(id: "web") { ...F } }', 'stockThreshold'],
    ['{ channel(id: "web") { ... { ... on Channel { buffer { amount } } } } }', 'buffer'],
    [`{ variant(sku: "${sku}") { stockLevel(location: "${ownShop}") { onHand } } }`, 'stockLevel'],
    ['{ orders(first: 1) { nodes { customer { displayName } } } }', 'customer'],
    [
      `mutation { adjustStock(input: { location: "${ownShop}", sku: "${sku}", delta: 1 }) { replayed } }`,
      'adjustStock',
    ],
    ['{ __type(name: "StockLevel") { name } customer(id: "1") { id } }', 'customer'],
    ['{ _entities(representations: []) { __typename } }', '_entities'],
  ] as const;
  for (const [query, name] of outside) {
    const nowhere = name.replace(/.$/, 'Q');
    const swap = (text: string) => text.replaceAll(new RegExp(`\\b${name}\\b`, 'g'), nowhere);
    const shown = swap(JSON.stringify(await run(partner, query, {})));
    const unknown = JSON.stringify(await run(partner, swap(query), {}));
    const id = /"requestId":"[^"]*"/g;
    expect(shown.replaceAll(id, ''), query).toBe(unknown.replaceAll(id, ''));
    expect(unknown).toContain('GRAPHQL_VALIDATION_FAILED');
  }
  const inside = '{ channel(id: "web") { name quota(sku: "x") { units } locations(first: 1) { nodes { name } } } }';
  expect((await run(partner, inside, {})).errors).toBeUndefined();
});
