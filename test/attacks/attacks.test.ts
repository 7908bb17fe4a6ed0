import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { resolveSettings } from '../../gateway/config.ts';
import { errorCatalogue } from '../../gateway/errors.ts';
import { post, startTestGraph, type TestGraph } from '../gateway/server/test-graph.ts';
import type { DocumentAttack } from '../gateway/transport/document-attacks.ts';
import { waitUntil } from '../support/wait-until.ts';
import { attacks } from './other-attacks.ts';
import { type Answered, type RoadName, roadNames, sendBy } from './roads.ts';

let graph: TestGraph;
const counts = new Map<string, Record<RoadName, number>>();

beforeAll(async () => {
  graph = await startTestGraph({
    ...resolveSettings({ introspection: false }),
    port: 0,
    planningDeadlineMs: 20_000,
    socketInitTimeoutMs: 20_000,
  });
  await expectAlive();
});
afterAll(async () => {
  console.table(Object.fromEntries([...counts].sort(([a], [b]) => a.localeCompare(b))));
  await graph[Symbol.asyncDispose]();
});

/** What an answer must never hold: stacks, paths, hosts, ports, SQL, subgraphs, suggestions. */
const leaks =
  /node_modules|\.ts:\d|\bat \w+ \(|127\.0\.0\.1|localhost|select .+ from|postgres|accounts|serviceName|Did you mean|ftv1|ECONN/i;

/** The same process answers a normal request: at once, for a machine that has two cores for several others. */
async function expectAlive(): Promise<void> {
  const startedAt = performance.now();
  const { body } = await post(graph.gateway.url, { query: '{ me { name } }' });
  expect(body.errors).toBeUndefined();
  expect(body.data).toEqual({ me: { name: 'Ada' } });
  expect(performance.now() - startedAt).toBeLessThan(2_000);
}

async function metric(name: string): Promise<number> {
  const text = await (await fetch(new URL('/metrics', graph.gateway.url))).text();
  return Number(new RegExp(`^${name} (.+)$`, 'm').exec(text)?.[1]);
}

/** What a GET carries is a query, and that is looked at before the rest of it. */
function expectedBy(road: RoadName, { query, verdict }: DocumentAttack): object {
  const isChange = /^\s*(mutation|subscription)/.test(query);
  return road === 'GET' && isChange ? { codes: ['METHOD_NOT_ALLOWED'] } : verdict;
}

function verdictOf({ data, errors = [] }: Answered): object {
  if (data !== undefined && data !== null) return { data: JSON.stringify(data) };
  return { codes: [...new Set(errors.map(({ extensions }) => extensions.code))] };
}

describe.each(attacks.map((attack) => [`${attack.id} ${attack.name}`, attack] as const))('%s', (_name, attack) => {
  test.each(roadNames)('by %s', async (road) => {
    const answer = await sendBy(road, graph.gateway.url, attack);
    if (answer === undefined) return; // does not fit into an address, and never arrives
    expect(verdictOf(answer)).toEqual(expectedBy(road, attack));
    expect(answer.errors?.length ?? 0).toBeLessThanOrEqual(5);
    for (const { extensions } of answer.errors ?? []) expect(Object.keys(errorCatalogue)).toContain(extensions.code);
    expect(answer.text).not.toMatch(leaks);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    await expectAlive();
    const count =
      counts.get(attack.id) ?? (Object.fromEntries(roadNames.map((each) => [each, 0])) as Record<RoadName, number>);
    count[road]++;
    counts.set(attack.id, count);
  });
});

describe('A97 what ends up in the log', () => {
  test.each(roadNames)(
    'a name with line breaks, ANSI and 10,000 characters is one line, cut short: by %s',
    async (road) => {
      const operationName = `A\n{"level":60,"msg":"forged"}\u001b[31m${'x'.repeat(9_000)}`;
      const before = graph.log.length;
      const answer = await sendBy(road, graph.gateway.url, { query: 'query A { __typename }', operationName });
      expect(answer?.errors?.[0]?.extensions.code).toBe('OPERATION_RESOLUTION_FAILURE');
      await waitUntil('it is logged', () => graph.log.length > before);
      for (const line of graph.log.slice(before)) {
        expect(line.msg).not.toBe('forged');
        expect(JSON.stringify(line).length).toBeLessThan(2_000);
      }
      await expectAlive();
    },
  );

  test('a proof of identity is in no line', async () => {
    const secret = `osk_${'a'.repeat(12)}_not-to-be-seen`;
    await post(graph.gateway.url, { query: '{ me { name } }' }, { authorization: `Bearer ${secret}` });
    await post(graph.gateway.url, { query: '{ crash }' }, { authorization: `Bearer ${secret}` });
    expect(JSON.stringify(graph.log)).not.toContain('not-to-be-seen');
  });
});

test('A57 a thousand forged addresses are one caller', async () => {
  const { sockets } = resolveSettings().limits.anonymous;
  const leaving = new AbortController();
  const ask = async (address: string) => {
    const response = await fetch(`${graph.gateway.url}?query=${encodeURIComponent('{ slow(ms: 60000) }')}`, {
      headers: { accept: 'text/event-stream', 'x-forwarded-for': address },
      signal: leaving.signal,
    });
    if (response.status !== 200) await response.text();
    return response.status;
  };
  for (let index = 0; index < sockets; index++) expect(await ask(`203.0.113.${index}`)).toBe(200);
  for (let index = 0; index < 50; index++) expect(await ask(`198.51.100.${index}`)).toBe(429);
  leaving.abort();
  await waitUntil('all have left', async () => (await metric('gateway_sockets_open')) === 0);
  await expectAlive();
});

test('afterwards nothing is open, running or waiting', async () => {
  await waitUntil('no operation runs', async () => (await metric('gateway_operations_running')) === 0);
  expect(await metric('gateway_sockets_open')).toBe(0);
  expect(await metric('gateway_planning_waiting')).toBe(0);
});
