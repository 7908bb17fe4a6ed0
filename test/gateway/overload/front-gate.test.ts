import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type GatewaySettings, resolveSettings } from '../../../gateway/config.ts';
import { shownError } from '../../../gateway/errors.ts';
import { createPrincipal, type Identify } from '../../../gateway/identity/principal.ts';
import { prioritiesSchema } from '../../../gateway/overload/priority-settings.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { post, startTestGraph, type TestGraph } from '../server/test-graph.ts';
import { rawPost, sendRaw } from '../transport/raw-http.ts';

const patient = 20_000;
/** First come devices, then a mutation, then everybody with a name, nobody, and a client of a certain name. */
const priorities = prioritiesSchema.parse([
  { name: 'device', share: 0.5, patienceMs: patient },
  { name: 'urgent', patienceMs: patient, fields: ['Mutation.rename'], kinds: ['person'] },
  { name: 'known', patienceMs: patient },
  { name: 'anonymous', patienceMs: 0 },
  { name: 'explorer', patienceMs: 0, clients: ['explorer'] },
]);
const kinds: GatewaySettings['kinds'] = { device: { limits: 'person', grants: [], priority: 'device' } };

const identify: Identify = ({ authorization }) => {
  if (typeof authorization !== 'string') return { ...createPrincipal(facts('anonymous')), kind: 'anonymous' };
  const kind = /^Bearer (person|device)$/.exec(authorization)?.[1];
  if (kind === undefined) throw shownError('UNAUTHENTICATED', 'Nobody.');
  return createPrincipal(facts(kind));
};

function facts(kind: string) {
  return { caller: 'person' as const, kind, id: kind, scopes: [], attributes: {} };
}

/** A gateway in which one operation runs at a time, and one does, for a while. */
async function startFullGraph(settings: Partial<GatewaySettings> = {}) {
  const graph = await startTestGraph(
    { maxRunningOperations: 1, priorities, kinds, documentMode: 'off', ...settings },
    { identify },
  );
  const running = post(graph.gateway.url, { query: '{ slow(ms: 1500) }' });
  await waitUntil('it runs', () => graph.accounts.seen.length === 1);
  return { graph, running };
}

async function metric({ gateway }: TestGraph, line: string): Promise<number> {
  const text = await (await fetch(new URL('/metrics', gateway.url))).text();
  return Number(
    text
      .split('\n')
      .find((each) => each.startsWith(`${line} `))
      ?.slice(line.length + 1) ?? 0,
  );
}

const waiting = (priority: string) => `gateway_operations_waiting{priority="${priority}"}`;
const refusals = (priority: string) => `gateway_overload_refusals_total{priority="${priority}"}`;

describe('when there is no room', () => {
  test('an operation waits or is refused by who sends it and what it is, and the higher class goes first', async () => {
    const { graph, running } = await startFullGraph();
    await using _ = graph;
    const { url } = graph.gateway;
    const order: string[] = [];
    const ask = async (name: string, query: string, headers: Record<string, string>) => {
      const answer = await post(url, { query }, headers);
      order.push(name);
      return answer;
    };
    const person = { authorization: 'Bearer person' };
    const known = ask('known', '{ me { name } }', person);
    await waitUntil('it waits', async () => (await metric(graph, waiting('known'))) === 1);
    const urgent = ask('urgent', 'mutation { rename(id: "1", name: "A") { name } }', person);
    await waitUntil('it waits', async () => (await metric(graph, waiting('urgent'))) === 1);
    const device = ask('device', '{ users { id } }', { authorization: 'Bearer device' });
    await waitUntil('it waits', async () => (await metric(graph, waiting('device'))) === 1);

    const refused = await Promise.all([
      post(url, { query: '{ me { name } }' }),
      post(url, { query: 'mutation { rename(id: "1", name: "A") { name } }' }),
      post(url, { query: '{ me { name } }' }, { 'graphql-client-name': 'explorer', authorization: 'Bearer device' }),
    ]);
    for (const { status, headers, body } of refused) {
      expect([status, body.errors?.[0]?.extensions.code]).toEqual([503, 'OVERLOADED']);
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
      expect(body.errors?.[0]?.extensions.retryAfterSeconds).toBe(Number(headers.get('retry-after')));
      expect(body.errors?.[0]?.extensions.requestId).toBe(headers.get('x-request-id'));
    }
    expect(await metric(graph, refusals('anonymous'))).toBe(2);
    expect(await metric(graph, refusals('explorer'))).toBe(1);
    expect(graph.accounts.seen).toHaveLength(1);

    for (const answer of await Promise.all([known, urgent, device, running])) expect(answer.status).toBe(200);
    expect(order).toEqual(['device', 'urgent', 'known']);
    expect(await metric(graph, 'gateway_operations_running')).toBe(0);
  });

  test('a refused connection lives on, with its body unread', async () => {
    const { graph, running } = await startFullGraph();
    await using _ = graph;
    const socket = connect({ port: graph.gateway.port, host: '127.0.0.1' });
    let text = '';
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
    });
    const padding = `# ${'x'.repeat(9_000)}\n`;
    socket.write(rawPost(JSON.stringify({ query: `${padding}{ me { name } }` })));
    await waitUntil('it is refused', () => text.includes('HTTP/1.1 503'));
    await running;
    socket.write(rawPost(JSON.stringify({ query: '{ me { name } }' })));
    await waitUntil('it is answered', () => text.includes('"Ada"'));
    socket.destroy();
    expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 503', 'HTTP/1.1 200']);
    expect(text).not.toContain('connection: close');
  });

  test('a body that comes later than its head is waited for where it may name what goes first', async () => {
    const { graph, running } = await startFullGraph();
    await using _ = graph;
    const socket = connect({ port: graph.gateway.port, host: '127.0.0.1', noDelay: true });
    let text = '';
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
    });
    const query = 'mutation { rename(id: "1", name: "Late") { name } }';
    const [head = '', body = ''] = rawPost(JSON.stringify({ query }), ['authorization: Bearer person']).split(
      /(?<=\r\n\r\n)/,
    );
    socket.write(`${head}${body.slice(0, 10)}`);
    const other = post(graph.gateway.url, { query: '{ me { name } }' }, { authorization: 'Bearer device' });
    await waitUntil('another waits', async () => (await metric(graph, waiting('device'))) === 1);
    socket.write(body.slice(10));
    await waitUntil('it waits', async () => (await metric(graph, waiting('urgent'))) === 1);
    await Promise.all([running, other]);
    await waitUntil('it is answered', () => text.includes('"Late"'));
    socket.destroy();
  });

  test('who leaves while waiting takes no place', async () => {
    const { graph, running } = await startFullGraph();
    await using _ = graph;
    const leaving = new AbortController();
    const left = fetch(graph.gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer device' },
      body: '{"query":"{ me { name } }"}',
      signal: leaving.signal,
    });
    await waitUntil('it waits', async () => (await metric(graph, waiting('device'))) === 1);
    leaving.abort();
    await expect(left).rejects.toThrow();
    await waitUntil('nobody waits', async () => (await metric(graph, waiting('device'))) === 0);
    await running;
    expect((await post(graph.gateway.url, { query: '{ me { name } }' })).status).toBe(200);
    expect(graph.accounts.seen).toHaveLength(2);
  });

  test('what has a place gives it back, also when it is refused further on', async () => {
    const { graph, running } = await startFullGraph();
    await using _ = graph;
    const device = { authorization: 'Bearer device' };
    const wrong = [
      post(graph.gateway.url, '{', device),
      post(graph.gateway.url, { query: '{ nothing }' }, device),
      post(graph.gateway.url, { query: '{ me { name } }' }, { ...device, 'content-type': 'text/plain' }),
      post(graph.gateway.url, { query: '{ me { name } }' }, { ...device, ...manyHeaders() }),
    ];
    // Too many headers are refused before anybody asks for a place.
    await waitUntil('they wait', async () => (await metric(graph, waiting('device'))) === wrong.length - 1);
    await running;
    const statuses = (await Promise.all(wrong)).map(({ status }) => status);
    expect(statuses.toSorted()).toEqual([400, 400, 415, 431]);
    expect((await post(graph.gateway.url, { query: '{ me { name } }' })).status).toBe(200);
    await waitUntil('nothing runs', async () => (await metric(graph, 'gateway_operations_running')) === 0);
  });

  test('requests behind each other on a connection are answered in order', async () => {
    const { graph, running } = await startFullGraph();
    await using _ = graph;
    const device = ['authorization: Bearer device'];
    const requests = [
      rawPost('{"query":"{ one: me { name } }"}', device),
      rawPost('{"query":"{ two: me { name } }"}'),
      rawPost('{"query":"{ three: me { name } }"}', device),
    ];
    const isDone = (text: string) => (text.match(/HTTP\/1\.1 \d+/g) ?? []).length === 3 && text.endsWith('}}');
    const { text } = await sendRaw(graph.gateway.port, requests.join(''), { until: isDone, deadlineMs: 15_000 });
    expect(text.match(/"(one|three)":|"OVERLOADED"|"two":/g)?.[0]).toBe('"one":');
    expect(text.indexOf('"three":')).toBeGreaterThan(text.indexOf('"one":'));
    await running;
  });

  test('proofs that nobody has seen are verified some at a time, and no more', async () => {
    let [verifying, most] = [0, 0];
    const release = Promise.withResolvers<void>();
    const slowly: Identify = async (headers) => {
      if (headers.authorization === undefined) return identify(headers);
      most = Math.max(most, ++verifying);
      await release.promise;
      verifying--;
      return identify(headers);
    };
    await using graph = await startTestGraph({ maxRunningOperations: 1, priorities, kinds }, { identify: slowly });
    const running = post(graph.gateway.url, { query: '{ slow(ms: 1500) }' });
    await waitUntil('it runs', () => graph.accounts.seen.length === 1);
    const asked = Array.from({ length: 60 }, (_, i) =>
      post(graph.gateway.url, { query: '{ me { name } }' }, { authorization: `Bearer guess${i}` }),
    );
    await waitUntil('the rest is refused', async () => (await metric(graph, refusals('anonymous'))) === 44);
    expect(most).toBe(16);
    release.resolve();
    const statuses = new Set((await Promise.all(asked)).map(({ status }) => status));
    expect([...statuses]).toEqual([503]);
    await running;
  });

  test('an operation on a socket is told when to come again; health and metrics are not asked', async () => {
    const { graph, running } = await startFullGraph();
    await using _ = graph;
    const socket = new WebSocket(graph.gateway.url.replace('http', 'ws'), 'graphql-transport-ws');
    const messages: { readonly type: string; readonly payload?: unknown }[] = [];
    socket.on('message', (data) => messages.push(JSON.parse(String(data))));
    await once(socket, 'open');
    socket.send('{"type":"connection_init"}');
    await waitUntil('it is acknowledged', () => messages.length === 1);
    socket.send('{"type":"subscribe","id":"1","payload":{"query":"{ me { name } }"}}');
    await waitUntil('it is refused', () => messages.length === 2);
    expect(messages[1]).toMatchObject({
      type: 'error',
      payload: [{ extensions: { code: 'OVERLOADED', retryAfterSeconds: expect.any(Number) } }],
    });
    expect((await fetch(new URL('/health/ready', graph.gateway.url))).status).toBe(200);
    await running;
    socket.send('{"type":"subscribe","id":"2","payload":{"query":"{ me { name } }"}}');
    await waitUntil('it is answered', () => messages.some(({ type }) => type === 'next'));
    socket.terminate();
  });
});

test('a kind in a class that there is none of is said at the start', async () => {
  const wrong = { device: { limits: 'person' as const, grants: [], priority: 'devise' } };
  await expect(startTestGraph({ kinds: wrong, priorities })).rejects.toThrow('there is no priority "devise"');
  expect(() => resolveSettings({ priorities: [{ name: 'known' }] })).toThrow('known and anonymous');
});

function manyHeaders(): Record<string, string> {
  return Object.fromEntries(Array.from({ length: 70 }, (_, i) => [`x-h${i}`, '1']));
}
