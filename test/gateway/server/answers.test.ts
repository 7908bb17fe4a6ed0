import { expect, test } from 'vitest';
import { post, startTestGraph } from './test-graph.ts';

test('an operation over two subgraphs is answered, serialised once', async () => {
  await using graph = await startTestGraph();
  const { status, body, headers } = await post(graph.gateway.url, {
    query: '{ me { name reviews { body author { name } } } }',
  });
  expect(body).toEqual({ data: { me: { name: 'Ada', reviews: [{ body: 'Review of 1', author: { name: 'Ada' } }] } } });
  expect(status).toBe(200);
  expect(headers.get('x-request-id')).toMatch(/^[\w-]{36}$/);
});
