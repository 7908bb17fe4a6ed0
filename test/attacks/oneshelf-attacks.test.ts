import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, type GraphQLArgument, getNamedType, isNonNullType, isScalarType } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { projectRoot } from '../check/source-files.ts';
import { ask, type GraphAnswer } from '../e2e/graph-client.ts';
import { openWholeGraph, type WholeGraph } from '../e2e/open-whole-graph.ts';
import { allStaff, tillAt } from '../support/callers.ts';
import { waitUntil } from '../support/wait-until.ts';
import { expectUnharmed } from './expect-unharmed.ts';
import { roadNames, sendBy } from './roads.ts';

/* What is said of Oneshelf itself, over Postgres with the sample data. */
let graph: WholeGraph;
const statements = new Set<string>();
const schema = buildSchema(readFileSync(join(projectRoot, 'schema/api.graphql'), 'utf8'));
const till = tillAt('bestbuy-4');
const [location, sku] = ['bestbuy-4', '9984203'];

beforeAll(async () => {
  graph = await openWholeGraph({}, ({ sql }) => void statements.add(sql));
}, 120_000);
afterAll(() => graph[Symbol.asyncDispose]());

const isUnharmed = () =>
  expectUnharmed(graph.gateway.url, { query: '{ channel(id: "web") { id } }', data: { channel: { id: 'web' } } });

function run<Data>(query: string, variables: Record<string, unknown> = {}, caller = till): Promise<GraphAnswer<Data>> {
  return ask<Data>(graph.gateway.url, query, variables, { authorization: graph.authorizationOf(caller) });
}

describe.each(roadNames)('A82 A88 keys that no input has, by %s', (road) => {
  const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});
  const keys = ['role', 'price', 'customerId', '__proto__', 'constructor'];
  const codesOf = (answer: Awaited<ReturnType<typeof sendBy>>) => [
    ...new Set(answer?.errors?.map(({ extensions }) => extensions.code)),
  ];

  test.each(mutations.map((field) => [field.name, String(field.args[0]?.type)] as const))('%s', async (name, type) => {
    for (const key of keys) {
      // Of staff who may do everything: nobody is to be refused for anything else.
      const put = (query: string, variables?: string) =>
        sendBy(road, graph.gateway.url, { query, ...(variables && { variables }) }, graph.authorizationOf(allStaff));
      const isKept = road.endsWith('GET') ? ['METHOD_NOT_ALLOWED'] : [];
      const literal = await put(`mutation { ${name}(input: { ${key}: "x" }) { __typename } }`);
      expect(literal?.data ?? null).toBeNull();
      expect([...isKept, 'GRAPHQL_VALIDATION_FAILED']).toContain(codesOf(literal).join());
      const query = `mutation ($input: ${type}) { ${name}(input: $input) { __typename } }`;
      const variable = await put(query, `{"input":{"${key}":"x"}}`);
      expect(variable?.data ?? null).toBeNull();
      expect([...isKept, 'BAD_USER_INPUT', ...(key === '__proto__' ? ['BAD_REQUEST'] : [])]).toContain(
        codesOf(variable).join(),
      );
    }
  });

  test('conditions that are put beside our own', async () => {
    for (const argument of [
      'filter: { or: [{ published: { eq: false } }] }',
      'filterOperator: OR',
      'where: { not: {} }',
    ]) {
      const query = `{ products(channel: "web", ${argument}) { nodes { id } } }`;
      expect(codesOf(await sendBy(road, graph.gateway.url, { query }))).toEqual(['GRAPHQL_VALIDATION_FAILED']);
    }
    await isUnharmed();
  });
});

const holdStock = `mutation ($input: HoldStockInput!) { holdStock(input: $input) { replayed hold { id } userErrors { code message } } }`;
interface Held {
  readonly holdStock: {
    readonly replayed: boolean;
    readonly hold: { readonly id: string } | null;
    readonly userErrors: readonly object[];
  } | null;
}
const readShelf = async () =>
  (
    await run<{ variant: object }>(
      'query ($sku: ID, $at: ID!) { variant(sku: $sku) { stockLevel(location: $at) { onHand sellable held } } }',
      { sku, at: location },
    )
  ).data?.variant;
const holdOf = (idempotencyKey: string, rest: object) => ({
  input: { location, owner: {}, minutes: 10, idempotencyKey, ...rest },
});

describe('A89 quantities', () => {
  test.each([
    ['0', { sku, quantity: 0 }],
    ['-5', { sku, quantity: -5 }],
    ['1.5', { sku, quantity: 1.5 }],
    ['2147483647', { sku, quantity: 2_147_483_647 }],
    ['2147483648', { sku, quantity: 2_147_483_648 }],
    ['as a text', { sku, quantity: '1' }],
    [
      'more than there is on two lines of one SKU',
      { lines: Array.from({ length: 2 }, () => ({ sku, quantity: 9_999 })) },
    ],
    ['10,000 lines', { lines: Array.from({ length: 10_000 }, () => ({ sku, quantity: 1 })) }],
  ])('%s: refused, and nothing is touched', async (what, rest) => {
    const before = await readShelf();
    const { data, errors } = await run<Held>(holdStock, holdOf(`A89 ${what}`, rest));
    if (errors === undefined) expect(data?.holdStock).toMatchObject({ hold: null, userErrors: [{}] });
    else expect(['BAD_USER_INPUT', 'LIST_LIMIT', 'BODY_TOO_LARGE']).toContain(errors[0]?.extensions.code);
    expect(await readShelf()).toEqual(before);
    await isUnharmed();
  });
});

test('A90 one key a hundred times at once holds once, and one hold released a hundred times at once is released once', async () => {
  await run(
    'mutation ($input: AdjustStockInput!) { adjustStock(input: $input) { replayed } }',
    { input: { location, sku, delta: 200, reason: 'RECEIVED', reference: 'r', idempotencyKey: 'A90' } },
    allStaff,
  );
  const before = await readShelf();
  const crowd = Array.from({ length: 100 });
  const held = await Promise.all(crowd.map(() => run<Held>(holdStock, holdOf('A90 hold', { sku, quantity: 2 }))));
  const ids = new Set(held.map(({ data }) => data?.holdStock?.hold?.id));
  expect(ids.size).toBe(1);
  expect(held.filter(({ data }) => data?.holdStock?.replayed === false).length).toBe(1);
  expect(await readShelf()).not.toEqual(before);
  const [hold] = ids;
  const release =
    'mutation ($input: ReleaseHoldInput!) { releaseHold(input: $input) { hold { state } userErrors { code } } }';
  const released = await Promise.all(
    crowd.map((_, at) =>
      run<{ releaseHold: { userErrors: readonly object[] } }>(release, {
        input: { hold, idempotencyKey: `A90 ${at}` },
      }),
    ),
  );
  expect(released.filter(({ data }) => data?.releaseHold.userErrors.length === 0).length).toBeGreaterThan(0);
  expect(await readShelf()).toEqual(before);
  await isUnharmed();
}, 60_000);

describe('A94 what looks like SQL', () => {
  const toOneLine = (sql: string) => sql.replaceAll(/\s+/g, ' ');
  const plain = [
    'web',
    'lamp',
    'zzzzqqq',
    'red lamp shade',
    '"red lamp" -blue',
    ' ',
    '10',
    '783750002448',
    location,
    '2024-01-01',
  ];
  const odd = [
    "en' or 1=1--",
    'id;select pg_sleep(9)',
    'price) desc--',
    "x'); drop table products.product; --",
    'a.b',
    'a[*]',
    "x'",
    '%%%%_',
    '\\',
    '$1',
    "E'\\\\x00'",
    '{"$gt":""}',
    '/*',
    '--',
  ];
  /** Every argument of a root field that takes a text, with what the field needs besides. */
  const targets = Object.values(schema.getQueryType()?.getFields() ?? {}).flatMap((field) =>
    field.args.filter(takesText).map((argument) => {
      const needed = field.args.filter(
        (other) => other !== argument && isNonNullType(other.type) && other.defaultValue === undefined,
      );
      const given = needed
        .map(({ name, type }) => `${name}: ${String(getNamedType(type)) === 'Int' ? 3 : '"web"'}`)
        .join(' ');
      return `query ($text: ${argument.type}) { ${field.name}(${given} ${argument.name}: $text) { __typename } }`;
    }),
  );
  async function askAll(texts: readonly string[]): Promise<readonly string[]> {
    statements.clear();
    for (const query of targets) {
      for (const text of texts) {
        for (const { extensions } of (await run(query, { text }, allStaff)).errors ?? []) {
          expect(extensions.code, `${query} ${text}`).toBe('BAD_USER_INPUT');
        }
      }
    }
    return [...statements].map(toOneLine);
  }

  test('reaches Postgres as a value only: it is sent no statement that a plain word does not cause', async () => {
    expect(targets.length).toBeGreaterThan(12);
    const known = new Set(await askAll(plain));
    expect(known.size).toBeGreaterThan(5);
    const unknown = (await askAll(odd)).filter((sql) => !known.has(sql));
    // What a job of inventory says, such as the one that expires holds, it says again while nobody asks anything.
    statements.clear();
    const notSaidAgain = () => {
      const said = new Set([...statements].map(toOneLine));
      return unknown.filter((sql) => !said.has(sql));
    };
    await expect.poll(notSaidAgain, { timeout: 60_000, interval: 250 }).toEqual([]);
    await isUnharmed();
  }, 120_000);

  test.each(['price) desc--', 'TITLE_ASC; drop table x', ''])('sort: %j is no sort', async (sort) => {
    const { errors } = await run(
      'query ($sort: ProductSort) { products(channel: "web", sort: $sort) { nodes { id } } }',
      { sort },
    );
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  function takesText({ type }: GraphQLArgument): boolean {
    const named = getNamedType(type);
    return isScalarType(named) && ['String', 'ID'].includes(named.name) && !String(type).startsWith('[');
  }
});

test.each([
  ['a thousand terms', Array.from({ length: 1_000 }, (_, at) => `a${at}:*`).join(' | '), 'BAD_USER_INPUT'],
  ['eleven words', 'a b c d e f g h i j k', 'BAD_USER_INPUT'],
  ['operators and wildcards', 'a:* | b:* & !(c <-> d)', undefined],
  ['brackets that do not close', "((((a 'b", undefined],
  ['quotes that do not close', '"lamp "shade -"', undefined],
  ['nothing but operators', '| & ! <-> :*', undefined],
])('A96 a search for %s', async (_what, search, code) => {
  const { data, errors } = await run<{ products: unknown }>(
    'query ($search: String) { products(channel: "web", search: $search, first: 5) { nodes { title } } }',
    { search },
  );
  expect(errors?.[0]?.extensions.code).toBe(code);
  if (code === undefined) expect(data?.products).not.toBeNull();
  await isUnharmed();
});

test('A98 a title that is a script comes as JSON that no browser takes for a page', async () => {
  const title = '<script>alert(1)</script>';
  const [product] = await graph.database.query<{ id: string }>(
    `update products.product set title = $1 where id = (select id from products.product limit 1) returning id`,
    [title],
  );
  const query = `{ product(id: ${JSON.stringify(product?.id)}) { title } }`;
  for (const accept of ['application/json', 'application/graphql-response+json', 'text/event-stream']) {
    for (const road of ['GET', 'POST'] as const) {
      const headers = { accept, 'apollo-require-preflight': '1', 'content-type': 'application/json' };
      const answer =
        road === 'POST'
          ? await fetch(graph.gateway.url, { method: 'POST', headers, body: JSON.stringify({ query }) })
          : await fetch(`${graph.gateway.url}?${new URLSearchParams({ query })}`, { headers });
      expect(answer.headers.get('content-type')?.split(';')[0]).toBe(accept);
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(await answer.text()).toContain(title);
    }
  }
  await isUnharmed();
});

test('10,000 rows come in one request of staff; of anybody else so many are refused', async () => {
  const query =
    'mutation ($input: AdjustStockLevelsInput!) { adjustStockLevels(input: $input) { results { outcome } } }';
  const rows = Array.from({ length: 10_000 }, (_, row) => ({
    location,
    sku: `many-${row}`,
    number: 'ON_HAND',
    delta: 1,
  }));
  const input = { rows, errorPolicy: 'REJECT_EVERYTHING', reference: 'a test', idempotencyKey: 'ten thousand' };
  const refused = await run(query, { input });
  expect(refused.errors?.map(({ extensions }) => extensions.code)).toEqual(['BODY_TOO_LARGE']);
  // A statement of it may take its two seconds and more on a busy machine; asked again with its key it is done once.
  const { data } = await waitUntil(
    'it is taken',
    async () => {
      const answer = await run<{ adjustStockLevels: { results: { outcome: string }[] } }>(query, { input }, allStaff);
      const code = answer.errors?.[0]?.extensions.code;
      expect([undefined, 'UPSTREAM_TIMEOUT', 'UPSTREAM_UNAVAILABLE']).toContain(code);
      return code === undefined && answer;
    },
    50_000,
  );
  expect(data?.adjustStockLevels.results.map(({ outcome }) => outcome)).toEqual(rows.map(() => 'CHANGED'));
  await isUnharmed();
}, 60_000);
