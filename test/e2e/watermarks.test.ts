import { get } from 'node:http';
import { createClient } from 'graphql-ws';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Caller } from '../../subgraphs/shared/caller.ts';
import { roadNames, sendBy } from '../attacks/roads.ts';
import { allStaff, createCaller, customerCalled, partnerOn, tillAt } from '../support/callers.ts';
import { waitUntil } from '../support/wait-until.ts';
import { ask } from './graph-client.ts';
import { openWholeGraph, type WholeGraph } from './open-whole-graph.ts';

/*
 * Whatever belongs to somebody carries a mark of theirs. Everybody asks at once, over every transport; then every answer, frame and log
 * line is searched for marks that are not the reader's.
 */
const marks = /WM-[a-z]+-\d+-WM/g;
const people = 12;
const rounds = 6;
const partnerChannel = 'marketplace-craftfair';
const shops = ['bestbuy-4', 'bestbuy-8', 'bestbuy-10'];

let graph: WholeGraph;
let customers: readonly string[];
/** An order of each. */
const orders: string[] = [];

beforeAll(async () => {
  graph = await openWholeGraph();
  const customersDb = graph.database.connectAs('customers').db;
  const ordersDb = graph.database.connectAs('orders').db;
  const rows = await ordersDb
    .selectFrom('order')
    .select('customer_id')
    .distinct()
    .where('customer_id', 'is not', null)
    // Partners may read the orders of their channel, so that nobody marked has one there.
    .where('customer_id', 'not in', (of) =>
      of
        .selectFrom('order')
        .select('customer_id')
        .where(sql<boolean>`channel_id = ${partnerChannel} and customer_id is not null`),
    )
    .orderBy('customer_id')
    .limit(people)
    .execute();
  customers = rows.flatMap(({ customer_id }) => customer_id ?? []);
  for (const [i, id] of customers.entries()) {
    const mark = markOf('person', i);
    await customersDb.updateTable('customer').set({ display_name: mark }).where('id', '=', id).execute();
    const own = await ordersDb.selectFrom('order').select('id').where('customer_id', '=', id).execute();
    orders.push(own[0]?.id ?? '');
    const events = own.map((order) => ({ order_id: order.id, at: new Date(), kind: 'PLACED' as const, message: mark }));
    await ordersDb.insertInto('order_event').values(events).execute();
    await ordersDb
      .updateTable('order')
      .set({ email: `${mark}@example.com` })
      .where('customer_id', '=', id)
      .execute();
  }
  for (const [i, location] of shops.entries()) {
    await receiveAt(i, 1);
    // What lies there is always too little, so that each shop has an alert of its own.
    const input = { location, thresholds: [{ sku: markOf('shop', i), low: 1_000 }], idempotencyKey: `low ${location}` };
    const query =
      'mutation ($input: SetStockThresholdsInput!) { setStockThresholds(input: $input) { userErrors { code } } }';
    const { errors } = await run(allStaff, query, { input });
    expect(errors).toBeUndefined();
  }
}, 120_000);
afterAll(() => graph[Symbol.asyncDispose]());

const markOf = (kind: 'person' | 'shop', i: number): string => `WM-${kind}-${i}-WM`;

/** Something that lies at one shop only, under the shop's mark. */
async function receiveAt(shop: number, turn: number): Promise<void> {
  const input = {
    location: shops[shop],
    sku: markOf('shop', shop),
    delta: 1,
    reason: 'RECEIVED',
    reference: markOf('shop', shop),
    idempotencyKey: `${shop} ${turn}`,
  };
  const query = 'mutation ($input: AdjustStockInput!) { adjustStock(input: $input) { userErrors { message } } }';
  const { errors } = await run(allStaff, query, { input });
  expect(errors).toBeUndefined();
}

function run(caller: Caller, query: string, variables: Record<string, unknown>) {
  return ask(graph.gateway.url, query, variables, { authorization: graph.authorizationOf(caller) });
}

/** What somebody was sent, whose mark they may see, and whether anything of theirs has come. */
interface Reader {
  readonly who: string;
  readonly own: string | undefined;
  readonly texts: string[];
}

const everything = `query ($others: ID!, $location: ID!) {
  me { displayName orders(first: 5) { nodes { number timeline { message } customer { displayName } } } }
  customer(id: $others) { displayName orders(first: 5) { nodes { number } } }
  orders(first: 50) { nodes { number timeline { message } customer { displayName } } }
  stockAlerts { nodes { sku } }
  stockChanges(channel: "web", location: $location) { changes { variant { sku } } }
  a: locations(first: 3) { nodes { id name } }
}`;
interface Feed {
  readonly query: string;
  readonly variables: Readonly<Record<string, string | undefined>>;
}

const shelfAt = (location: string | undefined): Feed => ({ query: shelf, variables: { location } });
const alertsAt = (location: string | undefined): Feed => ({ query: alerts, variables: { location } });
const orderOf = (i: number): Feed => ({
  query: 'subscription ($id: ID!) { orderUpdated(id: $id) { kind cursor order { number timeline { message } } } }',
  variables: { id: orders[i % people] },
});
const shelf =
  'subscription ($location: ID!) { stockChanged(location: $location) { kind cursor levels { version variant { sku } movements { nodes { cause { id } } } } } }';

const alerts = 'subscription ($location: ID!) { stockAlerts(location: $location) { kind alerts { id sku version } } }';

async function keepAsking(reader: Reader, caller: Caller, i: number): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    const variables = { others: customers[(i + 1 + round) % people], location: shops[(i + round) % shops.length] };
    // Each by another road in each round, all of them at the same time.
    const road = roadNames[(i + round) % roadNames.length] ?? 'POST';
    const sent = { query: everything, variables: JSON.stringify(variables) };
    const answer = await sendBy(road, graph.gateway.url, sent, graph.authorizationOf(caller));
    reader.texts.push(answer?.text ?? '');
  }
}

/** Follows a feed over a socket; gives what ends it. */
function followSocket(reader: Reader, caller: Caller, { query, variables }: Feed): () => Promise<void> {
  const client = createClient({
    url: graph.gateway.url.replace('http', 'ws'),
    webSocketImpl: WebSocket,
    connectionParams: { authorization: graph.authorizationOf(caller) },
    retryAttempts: 0,
  });
  const keep = (message: unknown): void => void reader.texts.push(JSON.stringify(message) ?? '');
  client.subscribe({ query, variables: { ...variables } }, { next: keep, error: keep, complete: () => undefined });
  return async () => client.dispose();
}

/** The same over an event stream. */
function followStream(reader: Reader, caller: Caller, { query, variables }: Feed): () => Promise<void> {
  const search = new URLSearchParams({ query, variables: JSON.stringify(variables) });
  const headers = { accept: 'text/event-stream', authorization: graph.authorizationOf(caller) };
  const request = get(`${graph.gateway.url}?${search}`, { headers, agent: false }, (response) => {
    response.setEncoding('utf8').on('data', (text: string) => void reader.texts.push(text));
    response.on('error', () => undefined);
  });
  request.on('error', () => undefined);
  return async () => void request.destroy();
}

test('a crowd over HTTP, sockets and event streams: nobody is sent another’s mark, and no log line has one', async () => {
  await using closing = new AsyncDisposableStack();
  const readers: Reader[] = [];
  const open = (who: string, own?: string): Reader => {
    const reader: Reader = { who, own, texts: [] };
    readers.push(reader);
    return reader;
  };
  for (const [i, location] of shops.entries()) {
    for (const follow of [followSocket, followStream]) {
      for (const [kind, feedAt] of Object.entries({ shelf: shelfAt, alerts: alertsAt })) {
        const own = { ...tillAt(location), id: `till ${i} ${follow.name} ${kind}` };
        closing.defer(follow(open(`${own.id} at home`, markOf('shop', i)), own, feedAt(location)));
        // What the same till, customers, partners, and staff who have nothing to do with stock, try at another's shelf.
        const other = shops[(i + 1) % shops.length] ?? '';
        const stranger = { ...createCaller('staff', {}, ['orders:read']), id: `staff ${i} ${follow.name} ${kind}` };
        for (const caller of [own, customerCalled(customers[i] ?? ''), partnerOn('web'), stranger]) {
          closing.defer(follow(open(`${caller.id} elsewhere by ${follow.name}`), caller, feedAt(other)));
        }
      }
    }
  }
  for (const [i, id] of customers.entries()) {
    const follow = i % 2 === 0 ? followSocket : followStream;
    closing.defer(follow(open(`customer ${i} at home`, markOf('person', i)), customerCalled(id), orderOf(i)));
    closing.defer(follow(open(`customer ${i} elsewhere`), customerCalled(id), orderOf(i + 1)));
  }
  closing.defer(followSocket(open('another’s partner, live'), partnerOn(partnerChannel), orderOf(0)));
  const asking = customers.map((id, i) =>
    keepAsking(open(`customer ${i}`, markOf('person', i)), customerCalled(id), i),
  );
  asking.push(...shops.map((location, i) => keepAsking(open(`till ${i}`, markOf('shop', i)), tillAt(location), i)));
  asking.push(keepAsking(open('another’s partner'), partnerOn(partnerChannel), 0));
  const writing = shops.map(async (_, shop) => {
    for (let turn = 2; turn < 2 + rounds; turn++) await receiveAt(shop, turn);
  });
  await Promise.all([...asking, ...writing]);
  const [home] = [readers.filter(({ who }) => who.endsWith('at home'))];
  const seesOwn = ({ texts, own }: Reader): boolean => texts.some((text) => own !== undefined && text.includes(own));
  await waitUntil('everybody who follows has seen their own', () => home.every(seesOwn), 30_000);

  const foreign = readers.flatMap(({ who, own, texts }) =>
    texts.flatMap((text) => (text.match(marks) ?? []).filter((mark) => mark !== own).map((mark) => `${who}: ${mark}`)),
  );
  expect([...new Set(foreign)]).toEqual([]);
  const customersWithOwn = readers.filter(
    (reader) => reader.who.startsWith('customer ') && reader.own && seesOwn(reader),
  );
  // By asking, and live.
  expect(customersWithOwn.length).toBe(2 * customers.length);
  expect(graph.log.filter((line) => /WM-person/.test(line)).slice(0, 3)).toEqual([]);
  expect(graph.log.length).toBeGreaterThan(0);
}, 120_000);
