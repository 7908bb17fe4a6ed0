import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { waitUntil } from '../../support/wait-until.ts';
import { post, startTestGraph, type TestGraph } from '../server/test-graph.ts';

async function read(graph: TestGraph): Promise<(series: string) => number | undefined> {
  const response = await fetch(new URL('/metrics', graph.gateway.url));
  expect([response.status, response.headers.get('content-type')]).toEqual([
    200,
    'text/plain; version=0.0.4; charset=utf-8',
  ]);
  const lines = (await response.text()).split('\n');
  return (series) => {
    const line = lines.find((candidate) => candidate.startsWith(`${series} `));
    return line === undefined ? undefined : Number(line.slice(series.length + 1));
  };
}

test('operations, plans, subgraph calls, caches and the event loop are counted', async () => {
  await using graph = await startTestGraph();
  const query = '{ me { name reviews { body } } }';
  for (let times = 0; times < 3; times++) await post(graph.gateway.url, { query });
  await post(graph.gateway.url, { query: '{ nothing }' });
  await post(graph.gateway.url, { query: '{ me { name } crash }' });
  await post(graph.gateway.url, '{');
  const metric = await waitUntil('the last response is counted', async () => {
    const found = await read(graph);
    return found('gateway_operations_total{type="unknown",outcome="refused"}') === 2 && found;
  });
  expect(metric('gateway_operations_total{type="query",outcome="ok"}')).toBe(3);
  expect(metric('gateway_operations_total{type="query",outcome="partial"}')).toBe(1);
  expect(metric('gateway_refusals_total{code="GRAPHQL_VALIDATION_FAILED"}')).toBe(1);
  expect(metric('gateway_refusals_total{code="BAD_REQUEST"}')).toBe(1);
  expect(metric('gateway_plans_total{outcome="hit"}')).toBe(2);
  expect(metric('gateway_plans_total{outcome="miss"}')).toBe(2);
  expect(metric('gateway_plan_duration_seconds_count')).toBe(2);
  expect(metric('gateway_plan_cache_plans')).toBe(2);
  expect(metric('gateway_plan_cache_bytes')).toBeGreaterThan(1_000);
  expect(metric('gateway_document_cache_bytes')).toBeGreaterThan(1_000);
  expect(metric('gateway_subgraph_requests_total{subgraph="accounts",outcome="ok"}')).toBe(4);
  expect(metric('gateway_subgraph_duration_seconds_count{subgraph="reviews"}')).toBe(4);
  expect(metric('gateway_operations_running')).toBe(0);
  expect(metric('gateway_connections_open')).toBeGreaterThan(0);
  expect(metric(`gateway_supergraph_info{id="${graph.gateway.supergraphId}"}`)).toBe(1);
  expect(metric('gateway_event_loop_lag_seconds{quantile="0.99"}')).toBeGreaterThanOrEqual(0);
  expect(metric('process_resident_memory_bytes')).toBeGreaterThan(1e7);
});

/** The processes that a thread of this one has started, by what stands in their command line. */
function childrenCalled(name: string): number[] {
  return readdirSync('/proc/self/task')
    .flatMap((thread) => readFileSync(`/proc/self/task/${thread}/children`, 'utf8').split(' ').filter(Boolean))
    .filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(name))
    .map(Number);
}

test.runIf(process.platform === 'linux')(
  'a planner that is killed is told, counted and replaced, and nobody goes without a plan',
  async () => {
    await using graph = await startTestGraph();
    const [planner, ...others] = childrenCalled('hive-planner-process');
    expect(others).toEqual([]);
    process.kill(Number(planner), 'SIGKILL');
    const answers = await Promise.all(
      [1, 2, 3].map((number) => post(graph.gateway.url, { query: `{ me { n${number}: name } }` })),
    );
    expect(answers.map(({ body }) => body.data)).toEqual(
      [1, 2, 3].map((number) => ({ me: { [`n${number}`]: 'Ada' } })),
    );
    const counted = await waitUntil('the death is counted', async () =>
      (await read(graph))('gateway_planner_deaths_total{planner="hive"}'),
    );
    expect(counted).toBe(1);
    expect(graph.log).toContainEqual(expect.objectContaining({ planner: 'hive', how: 'SIGKILL' }));
    expect(childrenCalled('hive-planner-process')).not.toEqual([planner]);
  },
);

test('in-flight sharing and an open breaker show', async () => {
  await using graph = await startTestGraph();
  await Promise.all(Array.from({ length: 5 }, () => post(graph.gateway.url, { query: '{ slow(ms: 200) }' })));
  expect((await read(graph))('gateway_operations_shared_total')).toBe(4);
  const different = ['{ slow(ms: 200) }', '{ __typename slow(ms: 200) }', '{ again: __typename slow(ms: 200) }'];
  await Promise.all(different.map((query) => post(graph.gateway.url, { query })));
  expect((await read(graph))('gateway_subgraph_shared_total{subgraph="accounts"}')).toBe(2);
  await graph.reviews.kill();
  await waitUntil('the breaker is open', async () => {
    await Promise.all(
      Array.from({ length: 10 }, (_, index) => post(graph.gateway.url, { query: `{ a${index}: crash }` })),
    );
    return (await read(graph))('gateway_subgraph_breaker_state{subgraph="reviews"}') === 2;
  });
  expect(
    graph.log.some(
      ({ msg, subgraph, phase }) => msg === 'A circuit breaker changed' && subgraph === 'reviews' && phase === 'open',
    ),
  ).toBe(true);
});

test('a name that a client chooses never becomes a label, and is cut and escaped in the log', async () => {
  await using graph = await startTestGraph();
  const name = `Evil${'x'.repeat(5_000)}`;
  await post(graph.gateway.url, { query: `query ${name} { me { name } }` });
  const text = await (await fetch(new URL('/metrics', graph.gateway.url))).text();
  expect(text).not.toContain('Evil');
  const line = await waitUntil('it is logged', () =>
    graph.log.find(({ msg, type }) => msg === 'Operation' && type === 'query'),
  );
  expect(String(line.operation).length).toBeLessThanOrEqual(201);
});

test('metrics on the admin token, or not at all', async () => {
  await using guarded = await startTestGraph({ metrics: 'admin', adminToken: 'secret' });
  const url = new URL('/metrics', guarded.gateway.url);
  expect((await fetch(url)).status).toBe(401);
  expect((await fetch(url, { headers: { authorization: 'Bearer secret' } })).status).toBe(200);
  await using silent = await startTestGraph({ metrics: 'off' });
  expect((await fetch(new URL('/metrics', silent.gateway.url))).status).toBe(404);
});
