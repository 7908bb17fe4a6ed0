import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildClientSchema, getIntrospectionQuery, type IntrospectionQuery, printSchema } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { resolveSettings } from '../../gateway/config.ts';
import { post } from '../gateway/server/test-graph.ts';
import { startContractGraph } from './contract-graph.ts';
import { type RoadName, roadNames, sendBy } from './roads.ts';

let graph: Awaited<ReturnType<typeof startContractGraph>>;
beforeAll(async () => {
  graph = await startContractGraph();
});
afterAll(() => graph[Symbol.asyncDispose]());

const ask = async (road: RoadName, who: string, query: string, variables?: string) => {
  const answered = await sendBy(road, graph.gateway.url, { query, ...(variables && { variables }) }, who);
  if (answered === undefined) throw new Error('It does not fit.');
  return answered;
};
const withoutId = (text: string) => text.replaceAll(/"requestId":"[^"]*"/g, '');

/** Documents of something that exists outside of the contract; each also with a name of nothing in the place of it. */
const tricks: readonly (readonly [query: string, name: string, variables?: string])[] = [
  ['{ secretWorks { id } }', 'secretWorks'],
  ['{ title: secretWorks { id } }', 'secretWorks'],
  ['{ work { title secretPrice } }', 'secretPrice'],
  ['{ ...F } fragment F on Query { work { ...G } } fragment G on Work { secretPrice }', 'secretPrice'],
  ['{ nodes { id ... on Work { secretPrice } } }', 'secretPrice'],
  ['{ nodes { id ... on SecretWork { id } } }', 'SecretWork'],
  ['{ any { ... on SecretWork { id } } }', 'SecretWork'],
  ['fragment F on SecretWork { id } { any { ...F } }', 'SecretWork'],
  ['{ work(secretMode: ON) { id } }', 'secretMode'],
  ['query ($m: SecretMode) { work { id } sorted @skip(if: true) }', 'SecretMode'],
  ['{ sorted(by: SECRET_ORDER) }', 'SECRET_ORDER'],
  ['query ($by: Order = SECRET_ORDER) { sorted(by: $by) }', 'SECRET_ORDER'],
  ['query ($by: Order) { sorted(by: $by) }', 'SECRET_ORDER', '{"by":"SECRET_ORDER"}'],
  ['{ found(in: { secretOwner: 1 }) }', 'secretOwner'],
  ['query ($in: Search) { found(in: $in) }', 'secretOwner', '{"in":{"secretOwner":1}}'],
  ['mutation { secretBurn(id: 1) { id } }', 'secretBurn'],
  ['mutation { praise(id: 1) { secretPrice } }', 'secretPrice'],
  ['subscription { secretHeard { cursor } }', 'secretHeard'],
  ['subscription { heard { cursor secretCount } }', 'secretCount'],
  ['{ _entities(representations: [{__typename: "SecretWork"}]) { ... on SecretWork { id } } }', 'SecretWork'],
  ['{ _entities(representations: []) { __typename } }', '_entities'],
  ['{ _service { sdl } }', '_service'],
  ['{ x: __type(name: "SecretWork") { name fields { name } } }', 'SecretWork'],
  ['query ($n: String!) { __type(name: $n) { kind } }', 'SecretWork', '{"n":"SecretWork"}'],
];

test.each(roadNames)(
  '%s: outside of the contract is what does not exist, byte for byte, whoever asked for it before',
  async (road) => {
    for (const [query, name, variables] of tricks) {
      const isLive = query.startsWith('subscription');
      if (query.startsWith('mutation') && road.endsWith('GET')) continue;
      if (isLive && !road.includes('stream') && road !== 'WebSocket') continue;
      const nowhere = name.replace(/.$/, 'q');
      const swap = (text: string) => text.replaceAll(name, nowhere);
      const unknown = await ask(road, 'guest', swap(query), variables && swap(variables));
      const before = await ask(road, 'guest', query, variables);
      // What others may ask for becomes known, with its plan; twice, for what is only made on a later use. A feed goes on for ever.
      for (let count = 0; count < 2 && !isLive; count++) await ask(road, 'staff', query, variables);
      const after = await ask(road, 'guest', query, variables);
      expect(swap(withoutId(before.text)), query).toBe(withoutId(unknown.text));
      expect(swap(withoutId(after.text)), query).toBe(withoutId(unknown.text));
      expect([before.status, after.status]).toEqual([unknown.status, unknown.status]);
      expect(unknown.text.replaceAll(nowhere, '')).not.toMatch(/secret|Did you mean|FORBIDDEN/i);
    }
  },
);

test('staff are told of all of it, so that there was something to hide', async () => {
  for (const [query, , variables] of tricks) {
    if (/_entities|_service|^subscription|secretMode: ON|\$m:/.test(query)) continue;
    const { errors } = await ask('POST', 'staff', query, variables);
    expect(errors, query).toBeUndefined();
  }
});

test.each(roadNames)(
  '%s: what is in the contract is answered, also where it is computed from what is not',
  async (road) => {
    const query = '{ works { id title order twice } sorted found(in: { text: "x" }) }';
    for (let count = 0; count < 5; count++) {
      const { data, errors } = await ask(road, 'guest', query);
      expect(data).toEqual({
        works: [
          { id: '1', title: 'One', order: 'BY_TITLE', twice: 40 },
          { id: '2', title: 'Two', order: null, twice: 60 },
        ],
        sorted: 'by 12',
        found: 'found',
      });
      // A value that the contract does not have is none.
      expect(errors).toMatchObject([
        { path: ['works', 1, 'order'], extensions: { code: 'UPSTREAM_INVALID_RESPONSE' } },
      ]);
    }
    const whole = await ask(road, 'staff', query);
    expect(whole.errors).toBeUndefined();
  },
);

test.each([
  '{ nodes { id title } }',
  '{ nodes { __typename id } }',
  '{ any { ... on Work { id } } }',
  '{ any { __typename } nodes { ... { id } } }',
])('an object whose type is not in the contract is null, and says nothing of itself: %s', async (query) => {
  for (let count = 0; count < 5; count++) {
    const { data, text, errors } = await ask('POST', 'guest', query);
    for (const list of Object.values(data as Record<string, readonly unknown[]>)) {
      expect(list).toEqual([expect.anything(), null, expect.anything()]);
    }
    expect(text).not.toMatch(/secret/i);
    for (const { extensions } of errors ?? []) expect(extensions.code).toBe('UPSTREAM_INVALID_RESPONSE');
  }
  expect((await ask('POST', 'staff', query)).errors).toBeUndefined();
});

test('what a subgraph says of a field that is only fetched for another is not passed on', async () => {
  const { text } = await ask('POST', 'guest', '{ work { id faulty } }');
  expect(text).not.toMatch(/secret/i);
  expect((await ask('POST', 'staff', '{ work { id faulty } }')).text).toContain('secretFault');
});

test('a live feed for everybody is not the same one for who sees less', async () => {
  const whole = ask('WebSocket', 'staff', 'subscription { heard { cursor secretCount } }');
  expect((await whole).data).toEqual({ heard: { cursor: '1', secretCount: 7 } });
  expect((await ask('WebSocket', 'guest', 'subscription { heard { cursor } }')).data).toEqual({
    heard: { cursor: '1' },
  });
});

test('A61: the schema that is read is the contract, by who may read one', async () => {
  const url = graph.gateway.url;
  const read = async (who: string) => {
    const { body } = await post(url, { query: getIntrospectionQuery() }, { authorization: who });
    return printSchema(buildClientSchema(body.data as unknown as IntrospectionQuery));
  };
  const guest = await read('guest');
  expect(guest).toContain('twice: Int');
  expect(guest).not.toMatch(/secret|_entities|_service/i);
  expect(await read('press')).toBe(
    'type Query {\n  found(in: Search): String\n}\n\ninput Search {\n  text: String\n}'.replace(
      '  text: String',
      '  text: String\n  secretOwner: ID',
    ),
  );
  expect(await read('staff')).toContain('secretWorks');
  expect(await read('guest')).toBe(guest);

  const { limits } = resolveSettings();
  const closed = Object.fromEntries(
    Object.entries(limits).map(([row, each]) => [row, { ...each, isIntrospectionAllowed: false }]),
  );
  await using shut = await startContractGraph({ limits: closed as never });
  const query = '{ x: __schema { types { name } } }';
  for (const who of ['press', 'nobody']) {
    const { body } = await post(shut.gateway.url, { query }, { authorization: who });
    expect(body.errors).toMatchObject([{ extensions: { code: 'INTROSPECTION_DISABLED' } }]);
  }
  const { body } = await post(shut.gateway.url, { query }, { authorization: 'guest' });
  expect(JSON.stringify(body.data)).toMatch(/"Work"/);
  expect(JSON.stringify(body.data)).not.toMatch(/secret/i);
});

test('the callers of another contract do not get this one’s documents, however well known they are', async () => {
  const query = '{ works { id } found }';
  for (let count = 0; count < 4; count++) expect((await ask('POST', 'guest', query)).errors).toBeUndefined();
  const answered = await ask('POST', 'press', query);
  expect(answered.errors).toMatchObject([{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }]);
  expect((await ask('POST', 'press', '{ found }')).data).toEqual({ found: 'found' });
});

test('a swapped supergraph has its own contract at once, also for what is well known', async () => {
  await using swapped = await startContractGraph();
  const query = '{ work { id twice } }';
  const asGuest = async () => (await post(swapped.gateway.url, { query }, { authorization: 'guest' })).body;
  for (let count = 0; count < 4; count++) expect((await asGuest()).errors).toBeUndefined();
  const narrower = swapped.sdl.replace(/(twice: Int[^\n]*?) @tag\(name: "guest"\)/, '$1');
  expect(narrower).not.toBe(swapped.sdl);
  await swapped.gateway.offer(narrower);
  expect((await asGuest()).errors).toMatchObject([{ message: 'Cannot query field "twice" on type "Work".' }]);
  await swapped.gateway.offer(swapped.sdl);
  expect((await asGuest()).data).toEqual({ work: { id: '1', twice: 40 } });
});

test('a known document that is outside of the contract has no id, as one that is not known', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'contract-'));
  const documentManifest = join(directory, 'manifest.json');
  const documents = { inside: '{ works { id } }', outside: '{ secretWorks { id } }' };
  await writeFile(documentManifest, JSON.stringify({ clients: { app: { documents } } }));
  await using known = await startContractGraph({ documentMode: 'only', documentManifest });
  const byId = async (documentId: string, authorization: string) => {
    const { status, body } = await post(known.gateway.url, { documentId } as never, { authorization });
    return [status, withoutId(JSON.stringify(body))];
  };
  for (let count = 0; count < 3; count++) {
    expect((await byId('outside', 'staff'))[1]).toContain('{"data":{"secretWorks":[{"id":"secret-3"}]}');
    expect(await byId('outside', 'guest')).toEqual(await byId('nothing', 'guest'));
    expect((await byId('inside', 'guest'))[1]).toContain('{"data":{"works":[{"id":"1"},{"id":"2"}]}');
  }
  await rm(directory, { recursive: true });
});
