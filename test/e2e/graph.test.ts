import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findFreePort } from '../../db/embedded-postgres/free-port.ts';
import { resolveSettings } from '../../gateway/config.ts';
import type { SubgraphName } from '../../schema/subgraph-names.ts';
import { createSeededDatabase, type TestDatabase } from '../support/create-test-database.ts';
import { staffAuthorization } from '../support/tokens.ts';
import { waitUntil } from '../support/wait-until.ts';
import { documentedOperations } from './documented-operations.ts';
import { type RunningForm, startFiveProcesses, startOneProcess } from './forms.ts';
import { ask as askAs, type GraphAnswer } from './graph-client.ts';
import { type OneshelfProcess, runOneshelf } from './oneshelf-process.ts';

// Subscriptions are followed in a test of their own. Mutations carry their keys: the second form gets the first one's answers again.
const operations = documentedOperations().filter((operation) => operation.kind !== 'subscription');
/** What each form answered, to compare them. */
const answers = new Map<string, Map<string, unknown>>();
/** What each operation costs, by the first form. */
const costs = new Map<string, { readonly estimated: number; readonly actual: number } | undefined>();
let database: TestDatabase;
/** Staff with every scope ask: who may do what is shown elsewhere. */
const authorization = await staffAuthorization();
const ask = <Data>(url: string, query: string, variables?: Record<string, unknown>, operationName?: string) =>
  askAs<Data>(url, query, variables, { authorization, ...(operationName === undefined ? {} : { operationName }) });

beforeAll(async () => {
  database = await createSeededDatabase();
}, 120_000);
afterAll(() => database.close());

describe.each([
  ['one process', startOneProcess],
  ['five processes', startFiveProcesses],
] as const)('in %s', (title, start) => {
  let form: RunningForm;
  const seen = new Map<string, unknown>();
  beforeAll(async () => {
    form = await start(database.url);
    answers.set(title, seen);
  }, 120_000);
  afterAll(async () => {
    expect(await form.stop()).toEqual(Array.from({ length: form.subgraphs.size + 1 }, () => 0));
  });

  test.each(operations.map((operation) => [operation.title, operation] as const))(
    '%s runs as written',
    async (_title, { document, variables, name, ...operation }) => {
      const answer = await ask(form.graphqlUrl, document, variables, name);
      expect(answer.errors).toBeUndefined();
      expect(answer.status).toBe(200);
      expect(JSON.stringify(answer.data)).not.toMatch(/"userErrors":\[[^\]]/);
      expect(holdsSomething(answer.data), 'the example finds something in the sample data').toBe(true);
      seen.set(operation.title, withoutClock(answer.data));
      if (!costs.has(operation.title)) costs.set(operation.title, answer.extensions?.cost);
    },
  );

  test.each([
    ['an unknown SKU', '{ variant(sku: "NO-SUCH") { title } }', { variant: null }],
    ['an unknown barcode', '{ variant(gtin: "00000000") { title } }', { variant: null }],
    ['an unknown handle', '{ product(handle: "no-such") { title } }', { product: null }],
    ['an unknown order', '{ order(number: "0") { status } }', { order: null }],
    ['an unknown channel', '{ channel(id: "no-such") { name } }', { channel: null }],
    [
      'a list of an unknown channel',
      '{ products(channel: "no-such") { edges { cursor } } }',
      { products: { edges: [] } },
    ],
    ['orders of an unknown channel', '{ orders(channel: "no-such") { nodes { id } } }', { orders: { nodes: [] } }],
  ])('%s is null or empty, with a 200', async (_what, query, data) => {
    const { status, data: found, errors } = await ask(form.graphqlUrl, query);
    expect({ status, data: found, errors }).toEqual({ status: 200, data });
  });

  test.each([
    ['a cursor of nobody', '{ products(channel: "web", after: "bm9wZQ") { nodes { id } } }', 'BAD_USER_INPUT'],
    ['a page of 101', '{ products(channel: "web", first: 101) { nodes { id } } }', 'BAD_USER_INPUT'],
    ['a page of -1', '{ orders(first: -1) { nodes { id } } }', 'BAD_USER_INPUT'],
    ['an enum value that is none', '{ locations(kind: KIOSK) { nodes { id } } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['both keys of a product', '{ product(id: "1", handle: "a") { id } }', 'BAD_USER_INPUT'],
    ['a point off the globe', '{ locations(near: { latitude: 91, longitude: 0 }) { nodes { id } } }', 'BAD_USER_INPUT'],
    ['a NUL in a search', '{ products(channel: "web", search: "a\\u0000b") { nodes { id } } }', 'BAD_USER_INPUT'],
    [
      'a day that no calendar has',
      '{ channels { sales(from: "2011-02-30", to: "2011-03-01") { orders } } }',
      'BAD_USER_INPUT',
    ],
    [
      'a time that runs backwards',
      '{ channels { sales(from: "2011-03-01", to: "2011-02-01") { orders } } }',
      'BAD_USER_INPUT',
    ],
  ])('%s gets a clear error with a code', async (_what, query, code) => {
    const answer = await ask(form.graphqlUrl, query);
    expect(answer.errors?.map((error) => error.extensions.code)).toContain(code);
    expect(JSON.stringify(answer)).not.toMatch(/select |stack|127\.0\.0\.1|node_modules/i);
    expect((await ask(form.graphqlUrl, '{ channels { id } }')).errors).toBeUndefined();
  });

  test('health says live and ready', async () => {
    for (const probe of ['live', 'ready']) {
      expect((await fetch(new URL(`/health/${probe}`, form.graphqlUrl))).status).toBe(200);
    }
  });
});

test('both forms answer the same', () => {
  expect(answers.get('one process')?.size).toBe(operations.length);
  expect(answers.get('five processes')).toEqual(answers.get('one process'));
});

test('every documented operation is far within the limit of those it is for, and what it costs is reviewed', () => {
  const { anonymous, person, partner } = resolveSettings().limits;
  const limits: Readonly<Record<string, number>> = {
    storefront: anonymous.cost,
    till: person.cost,
    staff: person.cost,
    partner: partner.cost,
  };
  const told = [...costs].map(([title, cost]) => {
    const limit = limits[title.split('/')[0] ?? ''] ?? 0;
    expect(cost?.estimated, title).toBeLessThan(limit / 2);
    return `${title}: estimated ${cost?.estimated}, actual ${cost?.actual} of ${limit}`;
  });
  expect(told).toHaveLength(operations.length);
  expect(told).toMatchSnapshot();
});

describe('a subgraph that is not there', () => {
  const mixed = '{ channels { id sales(from: "2010-12-01", to: "2011-12-31") { orders } } }';
  const withoutOrders = '{ channels { id name } }';
  const acrossOwners = `{
    orders(first: 2) { nodes { number channel { name } } }
    products(channel: "web", first: 2) { nodes { title variants(first: 1) { nodes { sku availability(channel: "web") { availableToSell } } } } }
  }`;

  let form: RunningForm;
  const later: OneshelfProcess[] = [];
  const placeOf = (name: SubgraphName) =>
    new URL(
      form.subgraphs
        .get(name)
        ?.output()
        .match(/(http:\/\/\S+\/graphql)/)?.[1] ?? `http://127.0.0.1:${port}`,
    ).port;
  let port: number;
  /** Starts a subgraph where the gateway looks for it, and waits until `query` is answered whole again. */
  const bring = async (name: SubgraphName, query: string) => {
    const process = runOneshelf(['subgraph', name], { DATABASE_URL: database.url, PORT: placeOf(name) });
    later.push(process);
    await process.waitFor(/answers at/);
    const isWell = (answer: GraphAnswer) => answer.errors === undefined;
    await waitUntil(`${name} is used again`, async () => isWell(await ask(form.graphqlUrl, query)), 30_000);
    return process;
  };
  const missesOrders = async () => {
    const answer = await ask<{ channels: { id: string; sales: unknown }[] }>(form.graphqlUrl, mixed);
    expect(answer.status).toBe(200);
    expect(answer.data?.channels.length).toBeGreaterThan(0);
    expect(answer.data?.channels.every((channel) => channel.sales === null)).toBe(true);
    expect(new Set(answer.errors?.map((error) => error.extensions.code))).toEqual(new Set(['UPSTREAM_UNAVAILABLE']));
    expect(answer.errors?.length).toBe(answer.data?.channels.length);
    expect((await ask(form.graphqlUrl, withoutOrders)).errors).toBeUndefined();
  };
  let orders: OneshelfProcess;
  beforeAll(async () => {
    port = await findFreePort();
    form = await startFiveProcesses(database.url, { orders: port });
  }, 60_000);
  afterAll(async () => {
    await Promise.all(later.map((process) => process.stop()));
    await form.stop();
  });

  test('the gateway starts without it, answers the rest, and takes it up when it comes', async () => {
    await missesOrders();
    orders = await bring('orders', mixed);
  }, 60_000);

  test('killed with -9 it is missed only where it is asked, and used again once it is back', async () => {
    await orders.stop('SIGKILL');
    await missesOrders();
    orders = await bring('orders', mixed);
  }, 60_000);

  test('takes its own fields with it and nothing else: each is null with one error, the rest is answered', async () => {
    await form.subgraphs.get('products')?.stop();
    const withoutProducts = await ask<{ orders: { nodes: unknown[] } }>(form.graphqlUrl, acrossOwners);
    const order = { number: expect.any(String), channel: null };
    expect(withoutProducts.data).toEqual({ orders: { nodes: [order, order] }, products: null });
    expect(withoutProducts.errors?.map((error) => error.path?.join('.')).sort()).toEqual([
      'orders.nodes.0.channel.name',
      'orders.nodes.1.channel.name',
      'products',
    ]);
    await bring('products', withoutOrders);
    await Promise.all([orders.stop(), form.subgraphs.get('inventory')?.stop()]);
    const answer = await ask<{ orders: unknown; products: { nodes: unknown[] } }>(form.graphqlUrl, acrossOwners);
    expect(answer.data?.orders).toBeNull();
    const product = {
      title: expect.any(String),
      variants: { nodes: [{ sku: expect.any(String), availability: null }] },
    };
    expect(answer.data?.products.nodes).toEqual([product, product]);
    expect(answer.errors?.map((error) => error.path?.join('.')).sort()).toEqual([
      'orders',
      'products.nodes.0.variants.nodes.0.availability',
      'products.nodes.1.variants.nodes.0.availability',
    ]);
  }, 60_000);
});

/** The instants a number was read at differ from run to run, and a replayed mutation shows the level's version of now; all else must not. */
function withoutClock(value: unknown): unknown {
  const text = JSON.stringify(value, function (this: object, key, inner: unknown) {
    const isFeedPosition = key === 'cursor' && 'hasMore' in this; // moves with every change of the form before
    return isFeedPosition || /^(asOf|readyBy|openNow|checkedAt|version)$/.test(key) ? null : inner;
  });
  return JSON.parse(text);
}

/** Whether an answer holds more than nulls and empty lists. */
function holdsSomething(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value === 'object' && value !== null) return Object.values(value).some(holdsSomething);
  return value !== null && value !== undefined && typeof value !== 'boolean';
}
