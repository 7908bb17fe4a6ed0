import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { roadNames, sendBy } from '../../attacks/roads.ts';
import { compose, post, startTestGraph, type TestGraph } from '../server/test-graph.ts';

let graph: TestGraph;
beforeAll(async () => {
  graph = await startTestGraph({ costExtension: true, socketInitTimeoutMs: 20_000 });
});
afterAll(() => graph[Symbol.asyncDispose]());

const query = 'query ($n: Int) { page(first: $n) { name friends { id } } }';
/** Three users with two friends each, of the ten that a list is assumed to have. */
const cost = { estimated: 3 * 11, actual: 3 * 3, limit: 1_000 };

const told = async (url: string, text: string, variables = {}): Promise<unknown> => {
  const { body } = await post(url, { query: text, variables });
  return (body as { readonly extensions?: unknown }).extensions;
};

describe('an answer tells what was estimated, what it came to and the limit', () => {
  test.each(roadNames)('by %s, for the first time and once it is known', async (road) => {
    for (let time = 0; time < 6; time++) {
      const answer = await sendBy(road, graph.gateway.url, { query, variables: '{"n":3}' });
      expect(answer).toMatchObject({ extensions: { cost } });
    }
  });

  test('each of those who share an execution', async () => {
    const slow = 'query ($n: Int) { slow(ms: 50) page(first: $n) { name friends { id } } }';
    const all = await Promise.all(Array.from({ length: 10 }, () => told(graph.gateway.url, slow, { n: 3 })));
    for (const extensions of all) expect(extensions).toMatchObject({ cost });
  });

  test.each([
    ['entities of two subgraphs', '{ me { reviews { author { name } } } }', 1 + 1 + 1],
    ['nothing where nothing is', '{ crash }', 0],
    ['a mutation', 'mutation { rename(id: 1, name: "x") { id } }', 11],
    ['introspection', '{ __schema { types { name } } }', 0],
    [
      'the same object under two names',
      '{ a: me { friends { id } } b: me { friends { friends { id } } } }',
      1 + 2 + 1 + 2 + 4,
    ],
    ['what is skipped is not there', '{ me { id friends @skip(if: true) { id } } }', 1],
  ])('%s', async (_name, text, actual) => {
    for (let time = 0; time < 5; time++) {
      expect(await told(graph.gateway.url, text)).toMatchObject({ cost: { actual } });
    }
  });

  test('errors stand beside it, and what was not run has none', async () => {
    const { body } = await post(graph.gateway.url, { query: '{ crash me { id } }' });
    expect(Object.keys(body)).toEqual(['data', 'errors', 'extensions']);
    expect(await told(graph.gateway.url, query, { n: 'x' })).toBeUndefined();
    expect(await told(graph.gateway.url, query, { n: 91 })).toBeUndefined();
  });

  test('a refusal tells the limit and the estimate, and reaches no subgraph', async () => {
    const before = graph.accounts.seen.length;
    const { status, body } = await post(graph.gateway.url, { query, variables: { n: 91 } });
    expect(status).toBe(400);
    expect(body.data).toBeUndefined();
    expect(body.errors?.map(({ message, extensions: { requestId: _, ...rest } }) => ({ message, rest }))).toEqual([
      {
        message: 'The operation may cost 1001, and the limit is 1000.',
        rest: { code: 'COST_LIMIT', estimated: 1_001, limit: 1_000 },
      },
    ]);
    expect(graph.accounts.seen.length).toBe(before);
  });

  test('metrics count both', async () => {
    const text = await (await fetch(new URL('/metrics', graph.gateway.url))).text();
    expect(text).toMatch(/^gateway_operation_cost_estimated_count [1-9]/m);
    expect(text).toMatch(/^gateway_operation_cost_actual_count [1-9]/m);
    expect(text).toMatch(/^gateway_refusals_total\{code="COST_LIMIT"\} [1-9]/m);
  });
});

describe('by setting', () => {
  const unlinked = async (): Promise<string> => {
    const plain = (sdl: string): string => sdl.replace(', "@listSize"', '').replace(/@listSize\([^)]*\)/, '');
    return compose([graph.accounts, graph.reviews], plain);
  };
  const lists = '{ users { friends { friends { friends { id } } } } }';

  test('off: nothing is counted or refused', async () => {
    await using open = await startTestGraph({ cost: 'off', costExtension: true });
    expect(await told(open.gateway.url, query, { n: 3 })).toBeUndefined();
    expect((await post(open.gateway.url, { query: lists })).status).toBe(200);
  });

  test('report: all is told, nothing refused', async () => {
    await using open = await startTestGraph({ cost: 'report', costExtension: true });
    const { status, body } = await post(open.gateway.url, { query: lists });
    expect(status).toBe(200);
    expect(body).toMatchObject({ extensions: { cost: { estimated: 11_110, actual: 3 + 6 + 12 + 24, limit: 1_000 } } });
  });

  test('auto: a graph that does not say what things cost pays nothing', async () => {
    const sdl = await unlinked();
    await using open = await startTestGraph({ costExtension: true }, { supergraph: { kind: 'sdl', sdl } });
    const { status, body } = await post(open.gateway.url, { query: lists });
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(['data']);
  });

  test('enforce: any graph', async () => {
    const sdl = await unlinked();
    await using open = await startTestGraph({ cost: 'enforce' }, { supergraph: { kind: 'sdl', sdl } });
    expect((await post(open.gateway.url, { query: lists })).body.errors?.[0]?.extensions.code).toBe('COST_LIMIT');
    expect((await post(open.gateway.url, { query: '{ users { friends { id } } }' })).status).toBe(200);
  });

  test('a longer list is assumed', async () => {
    await using open = await startTestGraph({ costListSize: 100 });
    expect((await post(open.gateway.url, { query: '{ users { friends { id } } }' })).status).toBe(400);
  });
});
