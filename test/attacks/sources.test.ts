import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { createCallSigner } from '../../gateway/subgraph-client/sign-call.ts';
import { createSubgraph } from '../../subgraphs/shared/create-subgraph.ts';
import { serveSubgraph } from '../../subgraphs/shared/serve-subgraph.ts';
import { startTestGraph } from '../gateway/server/test-graph.ts';
import { expectUnharmed } from './expect-unharmed.ts';
import { roadNames, sendBy } from './roads.ts';

const usual = { query: '{ me { name } }', data: { me: { name: 'Ada' } } };

describe.each(roadNames)('by %s', (road) => {
  test('A64b what a resolver threw is not told', async () => {
    await using graph = await startTestGraph();
    const answer = await sendBy(road, graph.gateway.url, { query: '{ me { name } crash }' });
    expect(answer?.data).toEqual({ me: { name: 'Ada' }, crash: null });
    expect(answer?.errors).toMatchObject([
      { message: 'A source of this field reported an error.', extensions: { code: 'UPSTREAM_ERROR' } },
    ]);
    expect(answer?.text).not.toMatch(/secret|postgres|db\.internal/);
    await expectUnharmed(graph.gateway.url, usual);
  });

  test('A65 of a subgraph that is down neither host nor port nor name is told', async () => {
    await using graph = await startTestGraph();
    const { port } = new URL(graph.reviews.url);
    await graph.reviews.kill();
    const answer = await sendBy(road, graph.gateway.url, { query: '{ me { name } crash }' });
    expect(answer?.data).toEqual({ me: { name: 'Ada' }, crash: null });
    expect(answer?.errors?.map(({ extensions }) => extensions.code)).toEqual(['UPSTREAM_UNAVAILABLE']);
    expect(answer?.text).not.toMatch(new RegExp(`127\\.0|localhost|ECONN|reviews|serviceName|:${port}`));
    await expectUnharmed(graph.gateway.url, usual);
  });
});

test('A66 nobody is given a trace: not by the gateway, and not by a subgraph that is asked rightly', async () => {
  const traced = { 'apollo-federation-include-trace': 'ftv1' };
  await using graph = await startTestGraph();
  for (const accept of ['application/json', 'text/event-stream']) {
    const headers = { ...traced, accept, 'content-type': 'application/json' };
    const answer = await fetch(graph.gateway.url, {
      method: 'POST',
      headers,
      body: JSON.stringify({ query: usual.query }),
    });
    expect(await answer.text()).not.toMatch(/ftv1|tracing/);
  }
  expect(graph.accounts.seen.some((headers) => 'apollo-federation-include-trace' in headers)).toBe(false);
  const secret = 'a secret that only the two of them know';
  const sdl = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9") type Query { name: String }';
  const resolvers = { Query: { name: () => 'Ada' } };
  const subgraph = createSubgraph({
    name: 'people',
    sdl,
    resolvers,
    createContext: () => ({}),
    onInternalError: (error) => {
      throw error;
    },
  });
  const served = await serveSubgraph(subgraph, { host: '127.0.0.1', port: 0, secret, isReady: async () => true });
  const body = JSON.stringify({ query: '{ name }' });
  const signature = createCallSigner('people', secret)(undefined, body);
  const headers = { ...traced, 'content-type': 'application/json', 'graph-signature': signature };
  const answer = await fetch(served.url, { method: 'POST', headers, body });
  expect(await answer.text()).toBe('{"data":{"name":"Ada"}}');
  await served.close();
});

describe('A93 addresses of subgraphs', () => {
  test.each([301, 302, 303, 307, 308])('a subgraph that answers %i sends nobody anywhere', async (status) => {
    const asked: string[] = [];
    const inner = createServer(({ url = '' }, response) => {
      asked.push(url);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":{"crash":"inner"}}');
    });
    await once(inner.listen(0, '127.0.0.1'), 'listening');
    const location = `http://127.0.0.1:${(inner.address() as AddressInfo).port}/latest/meta-data`;
    const outer = createServer((_request, response) => {
      response.writeHead(status, { location, 'content-type': 'text/html' }).end('moved');
    });
    await once(outer.listen(0, '127.0.0.1'), 'listening');
    await using graph = await startTestGraph(
      {},
      { subgraphs: { reviews: { kind: 'http', url: `http://127.0.0.1:${(outer.address() as AddressInfo).port}/` } } },
    );
    const answer = await sendBy('POST', graph.gateway.url, { query: '{ crash }' });
    expect(answer?.data).toEqual({ crash: null });
    expect(answer?.errors?.[0]?.extensions.code).toMatch(/^UPSTREAM_/);
    expect(answer?.text).not.toMatch(/meta-data|127\.0/);
    expect(asked).toEqual([]);
    await expectUnharmed(graph.gateway.url, usual);
    for (const server of [inner, outer]) {
      server.closeAllConnections();
      await once(server.close(), 'close');
    }
  });

  test.each([
    'file:///etc/passwd',
    'gopher://127.0.0.1:1/',
    'ftp://127.0.0.1/',
    'data:application/json,%7B%7D',
    'nonsense',
  ])(
    'a supergraph with %s, pushed by who may, is refused, or its source is away; the gateway goes on',
    async (address) => {
      await using graph = await startTestGraph({ adminToken: 'let-me-in' });
      const sdl = graph.sdl.replaceAll(graph.reviews.url, address);
      expect(sdl).not.toBe(graph.sdl);
      const headers = { 'content-type': 'application/graphql', authorization: 'Bearer let-me-in' };
      const pushed = await fetch(new URL('/admin/supergraph', graph.gateway.url), {
        method: 'POST',
        headers,
        body: sdl,
      });
      expect([200, 422]).toContain(pushed.status);
      if (pushed.status === 200) {
        const answer = await sendBy('POST', graph.gateway.url, { query: '{ crash }' });
        expect(answer?.data).toEqual({ crash: null });
        expect(answer?.text).not.toMatch(/root:|file:|passwd/);
      }
      await expectUnharmed(graph.gateway.url, usual);
    },
  );
});
