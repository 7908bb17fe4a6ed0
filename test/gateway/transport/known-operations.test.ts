import { expect, test } from 'vitest';
import { post, startTestGraph } from '../server/test-graph.ts';

const volatile = new Set(['date', 'x-request-id']);
const stable = (headers: Headers) => [...headers].filter(([name]) => !volatile.has(name)).sort();
const requests = [
  { query: '{ me { name } crash }' },
  { query: 'query A { me { name } } query B { users { name } }', operationName: 'B' },
  { query: 'query ($role: Role) { echo(text: "x", role: $role) }', variables: { role: 'NOBODY' } },
  { query: 'query ($role: Role) { echo(text: "x", role: $role) }', variables: null },
  { query: 'query ($role: Role) { echo(text: "x", role: $role) }', variables: { role: Array(101).fill('x') } },
  { query: '{ __schema { queryType { name } } }' },
  { query: 'mutation { rename(id: "1", name: "Ada") { name } }' },
];
const accepts = ['application/json', 'application/graphql-response+json', '*/*', 'text/html, application/json;q=0.5'];

test('what is known goes past Apollo Server and past Fastify, and gets the same answer, whatever the media type', async () => {
  await using graph = await startTestGraph();
  const names = (text: string) => text.replaceAll(/"requestId":"[^"]*"/g, '');
  for (const accept of accepts) {
    for (const request of requests) {
      // A field that the plainest form does not have takes the way through Apollo Server.
      const first = await post(graph.gateway.url, { ...request, extensions: {} } as never, { accept });
      const second = await post(graph.gateway.url, request, { accept });
      const third = await post(graph.gateway.url, request, { accept });
      // Not the plainest head: Fastify's route, and what is known there.
      const routed = { accept, 'content-type': 'application/json; charset=utf-8' };
      const fourth = await post(graph.gateway.url, request, routed);
      for (const again of [second, third, fourth]) {
        expect([again.status, stable(again.headers)]).toEqual([first.status, stable(first.headers)]);
        expect(names(JSON.stringify(again.body))).toBe(names(JSON.stringify(first.body)));
      }
    }
  }
});

test('a known document is not taken for another operation, nor with variables of a wrong form', async () => {
  await using graph = await startTestGraph();
  const { query } = { query: 'query A { me { name } } query B { users { name } }' };
  const ask = async (body: object) => (await post(graph.gateway.url, body as never)).status;
  expect(await ask({ query, operationName: 'A' })).toBe(200);
  expect(await ask({ query, operationName: 'A' })).toBe(200);
  expect(await ask({ query })).toBe(400);
  expect(await ask({ query, operationName: 'C' })).toBe(400);
  expect(await ask({ query, operationName: 'A', variables: [] })).toBe(400);
  expect(await ask({ query, operationName: 'A', variables: 'x' })).toBe(400);
});
