import { expect, test } from 'vitest';
import { waitUntil } from '../../support/wait-until.ts';
import { post, startTestGraph } from './test-graph.ts';

const slow = { query: '{ me { name } slow(ms: 400) }' };

test('equal queries that run at the same time are executed once, and each error carries its own request id', async () => {
  await using graph = await startTestGraph();
  const query = '{ slow(ms: 300) crash }';
  await post(graph.gateway.url, { query });
  const before = graph.reviews.seen.length;
  const answers = await Promise.all(Array.from({ length: 4 }, () => post(graph.gateway.url, { query })));
  expect(graph.reviews.seen.length).toBe(before + 1);
  for (const { body, headers } of answers) {
    expect(body.data).toEqual({ slow: 'done', crash: null });
    expect(body.errors?.[0]?.extensions.requestId).toBe(headers.get('x-request-id'));
  }
  expect(new Set(answers.map(({ headers }) => headers.get('x-request-id'))).size).toBe(4);
});

test('one that leaves disturbs nobody, even the first', async () => {
  await using graph = await startTestGraph();
  const leaving = new AbortController();
  const first = fetch(graph.gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(slow),
    signal: leaving.signal,
  });
  await waitUntil('the first is below', () => graph.accounts.seen.length === 1);
  const second = post(graph.gateway.url, slow);
  const shared = async () =>
    (await (await fetch(new URL('/metrics', graph.gateway.url))).text()).includes('operations_shared_total 1');
  await waitUntil('the second has joined', shared);
  leaving.abort();
  await expect(first).rejects.toThrow();
  expect((await second).body).toEqual({ data: { me: { name: 'Ada' }, slow: 'done' } });
  expect(graph.accounts.seen.length).toBe(1);
});

test('different audiences, different variables and a mutation in between share nothing', async () => {
  await using graph = await startTestGraph({ forwardHeaders: ['authorization'] });
  const as = (name: string, body: object) => post(graph.gateway.url, body, { authorization: name });
  const query = 'query ($ms: Int!) { slow(ms: $ms) }';
  const running = [as('a', { query, variables: { ms: 500 } }), as('b', { query, variables: { ms: 500 } })];
  running.push(as('a', { query, variables: { ms: 501 } }));
  await waitUntil('all are below', () => graph.accounts.seen.length === 3);
  await as('a', { query: 'mutation { rename(id: "1", name: "Ada") { id } }' });
  running.push(as('a', { query, variables: { ms: 500 } }));
  await waitUntil('the one after the mutation is below too', () => graph.accounts.seen.length === 5);
  for (const { body } of await Promise.all(running)) expect(body).toEqual({ data: { slow: 'done' } });
});
