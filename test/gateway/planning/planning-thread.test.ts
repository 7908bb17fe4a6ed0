import * as fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { judgeDocument } from '../../../gateway/planning/judge-document.ts';
import { createPlanningThread, type PlanningThread } from '../../../gateway/planning/planning-thread.ts';
import { readSupergraph, type Supergraph } from '../../../gateway/supergraph/supergraph.ts';
import { openWorld } from '../../differential/open-world.ts';
import { library } from '../../differential/worlds/library.ts';

const { supergraph } = openWorld(library);
const never = new AbortController().signal;
const faulty = new URL('./faulty-planning-thread.ts', import.meta.url);

async function openThread(supergraphs: readonly Supergraph[] = [supergraph], entry?: URL): Promise<PlanningThread> {
  const thread = createPlanningThread(undefined, entry);
  onTestFinished(() => thread.close());
  for (const each of supergraphs) await thread.open(each).ready;
  return thread;
}

const stranger = (number: number): string => `query Q${number} { works { id ... on Film { minutes } } }`;

test('says of any text what graphql-js says here, word for word', async () => {
  const thread = await openThread();
  const texts = ['{ works { id } }', 'query ($id: ID! = 1) { work(id: $id) { ...f } } fragment f on Film { minutes }'];
  const edit = fc.record({
    at: fc.nat(90),
    cut: fc.nat(6),
    put: fc.constantFrom('', '{', '}', 'x', '$id', ' id ', '"'),
  });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...texts), fc.array(edit, { maxLength: 3 }), async (text, edits) => {
      let edited = text;
      for (const { at, cut, put } of edits) edited = edited.slice(0, at) + put + edited.slice(at + cut);
      expect(await thread.judge(supergraph, edited, never)).toEqual(judgeDocument(supergraph.apiSchema, edited));
    }),
    { numRuns: 150 },
  );
});

const wish = {
  operationName: undefined,
  access: '',
  isAllOrNothing: false,
  isCommon: false,
  planner: 'hive',
  activeLabels: [],
  percentage: 100,
} as const;

test('plans a valid document in the same visit, as it plans it in a second one', async () => {
  const thread = await openThread();
  const texts = [
    'query ($id: ID!) { work(id: $id) { id } works { id ... on Film { minutes } } }',
    '{ works { ...f } __schema { queryType { name } } } fragment f on Film { minutes }',
  ];
  for (const text of texts) {
    const judged = await thread.judge(supergraph, text, never, wish);
    const request = { ...wish, operation: text, contract: undefined, trueConditions: [] };
    expect(judged?.planned?.parts).toEqual(await thread.plan(supergraph, request, never));
    expect(judged?.planned?.parts).toHaveLength(1);
  }
});

test.each([
  ['is not valid', '{ works { no } }', wish],
  ['has conditions', 'query ($a: Boolean!) { works { id @skip(if: $a) } }', wish],
  ['has no operation of that name', 'query A { works { id } }', { ...wish, operationName: 'B' }],
])('plans nothing ahead of a document that %s', async (_name, text, request) => {
  const thread = await openThread();
  const judged = await thread.judge(supergraph, text, never, request);
  expect(judged).toEqual(judgeDocument(supergraph.apiSchema, text));
});

test('strangers do not hold the event loop: between two turns of it no more answers arrive than are worked on at once', async () => {
  const thread = await openThread();
  let [answered, turns, most] = [0, 0, 0];
  const all = Promise.all(
    Array.from({ length: 300 }, async (_, number) => {
      await thread.judge(supergraph, stranger(number), never);
      answered++;
    }),
  );
  while (answered < 300) {
    const before = answered;
    await new Promise(setImmediate);
    turns++;
    most = Math.max(most, answered - before);
  }
  await all;
  expect(most).toBeLessThanOrEqual(4);
  expect(turns).toBeGreaterThanOrEqual(75);
});

test('the same document, sent by many at once, is read once; more documents than may wait are refused', async () => {
  const thread = await openThread();
  const same = Array.from({ length: 2_000 }, () => thread.judge(supergraph, '{ works { id } }', never));
  expect(thread.waiting).toBe(0);
  expect(new Set((await Promise.all(same)).map((verdict) => verdict?.isValid))).toEqual(new Set([true]));
  await new Promise(setImmediate);
  const many = Array.from({ length: 600 }, (_, number) => thread.judge(supergraph, stranger(number), never));
  expect(thread.waiting).toBe(500);
  const refused = (await Promise.allSettled(many)).filter(({ status }) => status === 'rejected');
  expect(refused).toHaveLength(96);
  expect(refused[0]).toMatchObject({ reason: { code: 'OVERLOADED' } });
});

test('each supergraph has its own verdict; one that is forgotten or was never opened has none', async () => {
  const [small, other] = [readSupergraph(tiny('a')), readSupergraph(tiny('b'))];
  const thread = await openThread([small]);
  const opened = thread.open(other);
  await opened.ready;
  const verdicts = () => Promise.all([small, other].map((each) => thread.judge(each, '{ a }', never)));
  expect((await verdicts()).map((verdict) => verdict?.isValid)).toEqual([true, false]);
  opened.forget();
  opened.forget();
  expect((await verdicts()).map((verdict) => verdict?.isValid)).toEqual([true, undefined]);
});

test('a document that ends the thread is refused; the others are answered by the next one', async () => {
  const thread = await openThread([supergraph], faulty);
  const deadly = thread.judge(supergraph, '{ works { END_THE_THREAD } }', never);
  const others = [1, 2, 3, 4, 5, 6].map((number) => thread.judge(supergraph, stranger(number), never));
  const [refused, ...answered] = await Promise.allSettled([deadly, ...others]);
  expect(refused).toMatchObject({ status: 'rejected', reason: { isShown: false } });
  expect(thread.restarts).toBe(2);
  // Those that were in its hands both times cannot be told from the deadly one.
  expect(answered.slice(3).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled']);
  expect(await thread.judge(supergraph, stranger(1), never)).toEqual({ isValid: true });
});

test('a document that holds the thread loses it at its deadline; who leaves early does not', async () => {
  const thread = await openThread([supergraph], faulty);
  const reason = new Error('the deadline');
  const deadline = new AbortController();
  const holding = thread.judge(supergraph, '{ HOLD_THE_THREAD }', deadline.signal);
  const behind = thread.judge(supergraph, stranger(1), never);
  setTimeout(() => deadline.abort(reason), 2_600);
  await expect(holding).rejects.toBe(reason);
  await expect(behind).resolves.toEqual({ isValid: true });
  expect(thread.restarts).toBe(1);
  const left = new AbortController();
  const leaving = thread.judge(supergraph, stranger(2), left.signal);
  left.abort(reason);
  await expect(leaving).rejects.toBe(reason);
  expect(thread.restarts).toBe(1);
});

test('a thread that cannot start leaves the work to who asks', async () => {
  const thread = await openThread([supergraph], new URL('./no-such-file.ts', import.meta.url));
  expect(await thread.judge(supergraph, stranger(1), never)).toBeUndefined();
  expect(thread.restarts).toBe(3);
});

test('closing ends what is under way, and a closed thread is asked in vain', async () => {
  const thread = await openThread([supergraph], faulty);
  const asked = thread.judge(supergraph, '{ HOLD_THE_THREAD }', never);
  const refused = expect(asked).rejects.toMatchObject({ code: 'SHUTTING_DOWN' });
  await new Promise(setImmediate);
  await thread.close();
  await refused;
  expect(await thread.judge(supergraph, stranger(2), never)).toBeUndefined();
});

function tiny(field: string): string {
  return `
    schema @link(url: "https://specs.apollo.dev/link/v1.0") @link(url: "https://specs.apollo.dev/join/v0.3", for: EXECUTION) { query: Query }
    directive @link(url: String, as: String, for: link__Purpose, import: [link__Import]) repeatable on SCHEMA
    directive @join__graph(name: String!, url: String!) on ENUM_VALUE
    directive @join__type(graph: join__Graph!, key: join__FieldSet) repeatable on OBJECT
    scalar join__FieldSet
    scalar link__Import
    enum link__Purpose { EXECUTION SECURITY }
    enum join__Graph { ONE @join__graph(name: "one", url: "http://127.0.0.1:1/") }
    type Query @join__type(graph: ONE) { ${field}: String }
  `;
}
