import type { ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import { waitUntil } from '../../support/wait-until.ts';
import { openHttpServer } from './open-test-subgraph.ts';
import { openClient, requestOf } from './test-request.ts';

const good = '{"data":{"a":1}}';
const json = { 'content-type': 'application/json' };

async function openAnswering(answer: (response: ServerResponse, count: number) => void) {
  let count = 0;
  const url = await openHttpServer((_request, response) => answer(response, ++count));
  return { target: { kind: 'http', url } as const, count: () => count };
}

describe('an HTTP subgraph that answers', () => {
  test.each<[string, string, (response: ServerResponse) => void]>([
    ['HTML', 'UPSTREAM_INVALID_RESPONSE', (r) => r.writeHead(200, { 'content-type': 'text/html' }).end('<h1>hi</h1>')],
    [
      'a gateway error page',
      'UPSTREAM_UNAVAILABLE',
      (r) => r.writeHead(502, { 'content-type': 'text/html' }).end('<h1>bad</h1>'),
    ],
    ['truncated JSON', 'UPSTREAM_INVALID_RESPONSE', (r) => r.writeHead(200, json).end('{"data":{"a":')],
    ['nothing', 'UPSTREAM_INVALID_RESPONSE', (r) => r.writeHead(200, json).end()],
    ['no content type', 'UPSTREAM_INVALID_RESPONSE', (r) => r.writeHead(200).end(good)],
    [
      'compressed',
      'UPSTREAM_INVALID_RESPONSE',
      (r) => r.writeHead(200, { ...json, 'content-encoding': 'gzip' }).end('x'),
    ],
    ['a redirect', 'UPSTREAM_INVALID_RESPONSE', (r) => r.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()],
    [
      'half, then breaks',
      'UPSTREAM_UNAVAILABLE',
      (r) => r.writeHead(200, { ...json, 'content-length': '99' }).write(good, () => r.destroy()),
    ],
    [
      'invalid UTF-8 in place of JSON',
      'UPSTREAM_INVALID_RESPONSE',
      (r) => r.writeHead(200, json).end(Buffer.from([0xff, 0xfe, 0x7b])),
    ],
  ])('%s is %s', async (_name, code, answer) => {
    const { target, count } = await openAnswering(answer);
    await expect(openClient(target).execute(requestOf())).rejects.toMatchObject({ code });
    expect(count()).toBe(1);
  });

  test.each([
    ['with its length', true],
    ['in chunks', false],
  ])('50 MB %s is cut off early', async (_name, hasLength) => {
    let sent = 0;
    const { target } = await openAnswering((response) => {
      const chunk = Buffer.alloc(1024 * 1024, ' ');
      response.writeHead(200, hasLength ? { ...json, 'content-length': 50 * chunk.length } : json);
      const more = () => {
        if (sent >= 50 || response.destroyed) return response.end();
        sent++;
        return response.write(chunk) ? setImmediate(more) : response.once('drain', more);
      };
      more();
    });
    const call = openClient(target, { maxResponseBytes: 2 * 1024 * 1024 }).execute(requestOf());
    await expect(call).rejects.toMatchObject({ code: 'UPSTREAM_INVALID_RESPONSE' });
    expect(sent).toBeLessThan(40);
  });

  test('a GraphQL answer with status 400 is read', async () => {
    const type = { 'content-type': 'application/graphql-response+json; charset=utf-8' };
    const { target } = await openAnswering((response) =>
      response.writeHead(400, type).end('{"errors":[{"message":"no"}]}'),
    );
    await expect(openClient(target).execute(requestOf())).resolves.toEqual({
      data: undefined,
      errors: [{ message: 'no' }],
    });
  });

  test('a character that is cut between two chunks is whole', async () => {
    const text = Buffer.from('{"data":{"a":"é"}}');
    const at = text.indexOf(0xc3) + 1;
    const { target } = await openAnswering((response) => {
      response
        .writeHead(200, json)
        .write(text.subarray(0, at), () => setImmediate(() => response.end(text.subarray(at))));
    });
    await expect(openClient(target).execute(requestOf())).resolves.toMatchObject({ data: { a: 'é' } });
  });
});

describe('a connection that breaks before an answer', () => {
  test('is tried once more for a query', async () => {
    const { target, count } = await openAnswering((response, attempt) =>
      attempt === 1 ? response.destroy() : response.writeHead(200, json).end(good),
    );
    await expect(openClient(target).execute(requestOf())).resolves.toMatchObject({ data: { a: 1 } });
    expect(count()).toBe(2);
  });

  test('is tried once more and no oftener', async () => {
    const { target, count } = await openAnswering((response) => response.destroy());
    await expect(openClient(target).execute(requestOf())).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(count()).toBe(2);
  });

  test('is never tried again for a mutation', async () => {
    const { target, count } = await openAnswering((response) => response.destroy());
    const call = openClient(target).execute(requestOf({ query: 'mutation { write }' }));
    await expect(call).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(count()).toBe(1);
  });

  test('is unavailable when nobody listens', async () => {
    const call = openClient({ kind: 'http', url: 'http://127.0.0.1:1/graphql' }).execute(requestOf());
    await expect(call).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
  });
});

test('connections are kept, bounded, and closed when idle, before the server would', async () => {
  const sockets = new Set<unknown>();
  let open = 0;
  const url = await openHttpServer((request, response) => {
    if (!sockets.has(request.socket)) {
      sockets.add(request.socket);
      open++;
      request.socket.once('close', () => open--);
    }
    response.writeHead(200, json).end(good);
  });
  const client = openClient({ kind: 'http', url }, { maxConnections: 2, keepAliveMs: 1_200 });
  for (let round = 0; round < 3; round++)
    await Promise.all(Array.from({ length: 10 }, () => client.execute(requestOf())));
  expect(sockets.size).toBeLessThanOrEqual(2);
  await waitUntil('idle connections are closed', () => open === 0, 10_000);
});
