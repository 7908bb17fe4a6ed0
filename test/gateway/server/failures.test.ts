import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { prioritiesSchema } from '../../../gateway/overload/priority-settings.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { rawPost } from '../transport/raw-http.ts';
import { post, startTestGraph } from './test-graph.ts';

test('a gateway starts, and is ready, without its subgraphs; their fields are null with one error each', async () => {
  await using graph = await startTestGraph();
  await graph.reviews.kill();
  const { status, body, headers } = await post(graph.gateway.url, { query: '{ me { name } reviews { id } }' });
  expect(status).toBe(200);
  // reviews is non-null, so that its null takes the data with it; a nullable neighbour stays.
  expect(body.errors).toHaveLength(1);
  expect(body.errors?.[0]).toMatchObject({
    path: ['reviews'],
    extensions: { code: 'UPSTREAM_UNAVAILABLE', requestId: headers.get('x-request-id') },
  });
  expect(JSON.stringify(body)).not.toMatch(/ECONN|127\.0|http:/);
  const crash = await post(graph.gateway.url, { query: '{ me { name } crash }' });
  expect(crash.body).toMatchObject({ data: { me: { name: 'Ada' }, crash: null } });
  expect((await fetch(new URL('/health/ready', graph.gateway.url))).status).toBe(200);
  await waitUntil('the failure is in the log', () =>
    graph.log.some(({ msg, code }) => msg === 'A subgraph call failed' && code === 'UPSTREAM_UNAVAILABLE'),
  );
});

test('an operation that takes too long is given up, with a code', async () => {
  await using graph = await startTestGraph({ operationDeadlineMs: 100 });
  const startedAt = performance.now();
  const { status, body } = await post(graph.gateway.url, { query: '{ slow(ms: 3000) }' });
  expect(performance.now() - startedAt).toBeLessThan(1_500);
  expect([status, body.errors?.[0]?.extensions.code]).toEqual([504, 'DEADLINE_EXCEEDED']);
});

test('a client that leaves cancels what runs below', async () => {
  await using graph = await startTestGraph();
  const socket = connect({ port: graph.gateway.port, host: '127.0.0.1' });
  socket.write(rawPost('{"query":"{ slow(ms: 2000) }"}'));
  await waitUntil('the operation is below', () => graph.accounts.seen.length > 0);
  socket.destroy();
  await once(socket, 'close');
  await waitUntil(
    'it is over',
    () => graph.log.some(({ msg, outcome }) => msg === 'Operation' && outcome === 'cancelled'),
    1_500,
  );
});

test('an internal error is masked, and the log has it under the request id that the client got', async () => {
  const identify = () => {
    throw new Error('secret: the key store at 10.0.0.1 is gone');
  };
  await using graph = await startTestGraph({}, { identify });
  const { status, body, headers } = await post(graph.gateway.url, { query: '{ me { name } }' });
  const requestId = headers.get('x-request-id');
  expect([status, body.errors]).toEqual([
    500,
    [{ message: 'Internal server error.', extensions: { code: 'INTERNAL_SERVER_ERROR', requestId } }],
  ]);
  const line = await waitUntil('the log has it', () =>
    graph.log.find((entry) => entry.requestId === requestId && entry.level === 50),
  );
  expect(JSON.stringify(line)).toContain('the key store');
});

test('more operations at a time than allowed: 503, and the running ones end', async () => {
  const priorities = prioritiesSchema.parse(['known', 'anonymous'].map((name) => ({ name, patienceMs: 0 })));
  await using graph = await startTestGraph({ maxRunningOperations: 2, priorities });
  const running = [
    post(graph.gateway.url, { query: '{ slow(ms: 300) }' }),
    post(graph.gateway.url, { query: '{ slow(ms: 301) }' }),
  ];
  await waitUntil('both are below', () => graph.accounts.seen.length === 2);
  const { status, body, headers } = await post(graph.gateway.url, { query: '{ me { name } }' });
  expect([status, body.errors?.[0]?.extensions.code]).toEqual([503, 'OVERLOADED']);
  expect(headers.get('retry-after')).toBe(String(body.errors?.[0]?.extensions.retryAfterSeconds));
  for (const answer of await Promise.all(running)) expect(answer.body).toEqual({ data: { slow: 'done' } });
});

test('forwarded headers reach the subgraphs; others and hop-by-hop ones do not', async () => {
  await using graph = await startTestGraph({ forwardHeaders: ['authorization'] });
  await post(
    graph.gateway.url,
    { query: '{ me { name } }' },
    { authorization: 'Bearer a', 'x-user-id': '1', cookie: 'c=1', 'x-request-id': 'abc' },
  );
  expect(graph.accounts.seen.at(-1)).toMatchObject({ authorization: 'Bearer a', 'x-request-id': 'abc' });
  expect(graph.accounts.seen.at(-1)).not.toHaveProperty('x-user-id');
  expect(graph.accounts.seen.at(-1)).not.toHaveProperty('cookie');
});
