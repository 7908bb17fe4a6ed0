import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { waitUntil } from '../../support/wait-until.ts';
import { startLoad } from './load.ts';
import { post, startTestGraph } from './test-graph.ts';

test('closing under load fails no request that was accepted', async () => {
  await using graph = await startTestGraph();
  const load = startLoad(graph.gateway.url, '{ slow(ms: 30) }', (body) => body === '{"data":{"slow":"done"}}', 16);
  await waitUntil('requests are answered', () => load.answered() > 30);
  const before = load.answered();
  await graph.gateway.close();
  const { failures, answered, refused } = await load.stop();
  expect(failures).toEqual([]);
  expect(answered).toBeGreaterThanOrEqual(before + 16);
  expect(refused).toBeGreaterThan(0);
});

test('while it drains it is alive and not ready, and tells keep-alive clients to go', async () => {
  await using graph = await startTestGraph({ drainDelayMs: 300 });
  const { gateway } = graph;
  expect((await fetch(new URL('/health/ready', gateway.url))).status).toBe(200);
  const slow = post(gateway.url, { query: '{ slow(ms: 600) }' });
  await waitUntil('the slow operation is below', () => graph.accounts.seen.length > 0);
  const closing = gateway.close();
  const ready = await fetch(new URL('/health/ready', gateway.url));
  expect([ready.status, await ready.json()]).toMatchObject([503, { status: 'not ready', phase: 'draining' }]);
  expect((await fetch(new URL('/health/live', gateway.url))).status).toBe(200);
  const { body, headers } = await slow;
  expect(body).toEqual({ data: { slow: 'done' } });
  expect(headers.get('connection')).toBe('close');
  await closing;
  expect(gateway.phase).toBe('closed');
  await expect(fetch(gateway.url)).rejects.toThrow();
});

test('what runs longer than the deadline is cut; closing twice is one close', async () => {
  await using graph = await startTestGraph({
    drainDeadlineMs: 300,
    subgraphDeadlineMs: 60_000,
    operationDeadlineMs: 60_000,
  });
  const endless = post(graph.gateway.url, { query: '{ slow(ms: 5000) }' }).then(
    () => 'answered',
    () => 'cut',
  );
  await waitUntil('the operation is below', () => graph.accounts.seen.length > 0);
  const startedAt = performance.now();
  await Promise.all([graph.gateway.close(), graph.gateway.close()]);
  expect(performance.now() - startedAt).toBeLessThan(2_000);
  expect(await endless).toBe('cut');
  await graph.gateway.close();
});

test('connections that were opened and never used do not hold the close', async () => {
  await using graph = await startTestGraph({ drainDeadlineMs: 20_000 });
  const sockets = Array.from({ length: 5 }, () =>
    connect({ port: graph.gateway.port, host: '127.0.0.1' }).on('error', () => undefined),
  );
  await waitUntil('all are open', () => sockets.every(({ readyState }) => readyState === 'open'));
  const startedAt = performance.now();
  await graph.gateway.close();
  expect(performance.now() - startedAt).toBeLessThan(3_000);
  for (const socket of sockets) socket.destroy();
});

test('a taken port is an error that leaves nothing open', async () => {
  await using graph = await startTestGraph();
  await expect(startTestGraph({ port: graph.gateway.port })).rejects.toThrow(/EADDRINUSE/);
});
