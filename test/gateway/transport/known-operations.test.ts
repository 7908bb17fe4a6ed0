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

const faulty = [
  { query: '{ me { nam } }' },
  { query: '{ me { name }' },
  { query: '{ users { name } ...f } fragment f on Query { me { x y z } a b c d e f }' },
  { query: 'query A { me { name } } query B { users { name } }', operationName: 'C' },
  { query: 'query A { me { name } } query B { users { name } }' },
  { query: '{ me { name } }', operationName: '' },
  { query: 'subscription { renamed { name } }' },
  { query: 'fragment f on User { name }' },
];

test('what nobody has sent before goes past them too, and gets the answer that it gets through them, right or wrong', async () => {
  await using graph = await startTestGraph();
  const names = (text: string) => text.replaceAll(/"requestId":"[^"]*"/g, '');
  let number = 0;
  for (const accept of accepts) {
    await post(graph.gateway.url, { query: '{ __typename }' }, { accept });
    for (const request of [...requests, ...faulty]) {
      // The same tokens at the same places, and another text each time.
      const another = () => ({ ...request, query: `${request.query} # ${number++}` });
      const direct = await post(graph.gateway.url, another(), { accept });
      const routed = { accept, 'content-type': 'application/json; charset=utf-8' };
      const through = await post(graph.gateway.url, another(), routed);
      const length = (headers: Headers) => stable(headers).filter(([name]) => name !== 'content-length');
      expect([direct.status, length(direct.headers)]).toEqual([through.status, length(through.headers)]);
      expect(names(JSON.stringify(direct.body))).toBe(names(JSON.stringify(through.body)));
    }
  }
});

test('documents that are sent once do not stay in any cache; one that comes again does', async () => {
  const startedAt = performance.now();
  await using graph = await startTestGraph();
  const read = async (name: string) => {
    const text = await (await fetch(new URL('/metrics', graph.gateway.url))).text();
    return Number(new RegExp(`^${name} (.*)$`, 'm').exec(text)?.[1]);
  };
  // Each asks for something else: what differs in no more than an alias is kept as one.
  const send = (number: number) => {
    const fields = Array.from({ length: 9 }, (_, bit) => ((number & (1 << bit)) === 0 ? 'id' : 'name'));
    return post(graph.gateway.url, { query: `{ me { ${fields.join(' ')} } }` });
  };
  for (let number = 0; number < 400; number++) expect((await send(number)).status).toBe(200);
  const [plans, bytes] = [await read('gateway_plan_cache_plans'), await read('gateway_document_cache_bytes')];
  // 200 at once are let in, and five a second.
  expect(plans).toBeLessThanOrEqual(201 + 5 * ((performance.now() - startedAt) / 1_000));
  for (let number = 400; number < 430; number++) await send(number);
  const planned = await read('gateway_plan_duration_seconds_count');
  for (let number = 400; number < 430; number++) await send(number);
  for (let number = 400; number < 430; number++) await send(number);
  expect(await read('gateway_plan_duration_seconds_count')).toBeLessThanOrEqual(planned + 30);
  expect(await read('gateway_plan_cache_plans')).toBeGreaterThanOrEqual(plans + 30);
  expect(await read('gateway_document_cache_bytes')).toBeGreaterThan(bytes);
});
