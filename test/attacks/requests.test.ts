import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { post, startTestGraph, type TestGraph } from '../gateway/server/test-graph.ts';
import { rawPost, sendRaw } from '../gateway/transport/raw-http.ts';

/** A37–A59 by the ways that http-attacks.test.ts does not take: what is wrong with a request is wrong with one for a stream too. */
let graph: TestGraph;
beforeAll(async () => {
  graph = await startTestGraph({ headersTimeoutMs: 400, requestTimeoutMs: 600, liveFirstEventMs: 300 });
});
afterAll(() => graph[Symbol.asyncDispose]());

const stream = { accept: 'text/event-stream' };
const json = { 'content-type': 'application/json' };
const ask = '{"query":"{ __typename }"}';
const query = `?query=${encodeURIComponent('{ __typename }')}`;

async function expectRefusal(init: RequestInit, status: number, code: string, search = ''): Promise<void> {
  const response = await fetch(`${graph.gateway.url}${search}`, {
    ...init,
    headers: { ...stream, ...(init.headers as Record<string, string>) },
  });
  const text = await response.text();
  const data = /^data: (.+)$/m.exec(text)?.[1] ?? text;
  const { errors = [] } = JSON.parse(data) as { errors?: { extensions: { code: string; requestId: string } }[] };
  expect([response.status, errors[0]?.extensions.code, errors.length]).toEqual([status, code, 1]);
  expect(text).not.toMatch(/node_modules|FST_|127\.0\.0\.1|Did you mean/);
  expect((await post(graph.gateway.url, ask)).body).toEqual({ data: { __typename: 'Query' } });
}

describe('A37 A39 what a GET for a stream may carry', () => {
  test('no mutation', async () => {
    const search = `?query=${encodeURIComponent('mutation { rename(id: 1, name: "x") { id } }')}`;
    const seen = graph.accounts.seen.length;
    await expectRefusal({}, 200, 'METHOD_NOT_ALLOWED', search);
    expect(graph.accounts.seen.length).toBe(seen);
  });

  test.each(['text/plain', 'message/http', 'application/x-www-form-urlencoded'])('no content type %s', async (type) => {
    await expectRefusal({ headers: { 'content-type': type } }, 415, 'UNSUPPORTED_MEDIA_TYPE', query);
  });
});

describe('A41 A42 A46 what a body for a stream may be', () => {
  test.each([
    'text/plain',
    'multipart/form-data; boundary=x',
    'application/json; charset=ibm037',
    'application/json; charset=utf-7',
    'application/jsonx',
  ])('not %s', async (type) => {
    await expectRefusal(
      { method: 'POST', body: ask, headers: { 'content-type': type } },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    );
  });

  test('not without a type', async () => {
    await expectRefusal({ method: 'POST', body: new Blob([ask]) }, 415, 'UNSUPPORTED_MEDIA_TYPE');
  });

  test.each(['gzip', 'br', 'deflate', 'gzip, gzip'])('not packed by %s', async (encoding) => {
    const body = gzipSync(Buffer.alloc(10_000_000, ' '));
    const headers = { ...json, 'content-encoding': encoding };
    await expectRefusal({ method: 'POST', body, headers }, 415, 'UNSUPPORTED_MEDIA_TYPE');
  });
});

describe('A43 bodies for a stream', () => {
  test.each([
    '{',
    '[]',
    'null',
    '"s"',
    '1',
    'NaN',
    '',
    '{"query":"{__typename}","query":"{me{name}}"}',
    '{"query":"{__typename}","variables":{"__proto__":{"polluted":1}}}',
    '[{"query":"{__typename}"},{"query":"{__typename}"}]',
  ])('%s', async (body) => {
    await expectRefusal({ method: 'POST', body, headers: json }, 400, 'BAD_REQUEST');
  });

  test.each(['{}', '{"query":1}', '{"query":{}}', '{"query":null}'])('%s', async (body) => {
    await expectRefusal({ method: 'POST', body, headers: json }, 200, 'GRAPHQL_PARSE_FAILED');
  });
});

test('A45 10 MB for a stream are refused early', async () => {
  const { statuses, isClosed } = await sendRaw(
    graph.gateway.port,
    'POST /graphql HTTP/1.1\r\nhost: x\r\naccept: text/event-stream\r\ncontent-type: application/json\r\ncontent-length: 10485760\r\n\r\n{"query":"',
  );
  expect({ statuses, isClosed }).toEqual({ statuses: [413], isClosed: true });
});

test('A47 a slow body for a stream is cut', async () => {
  const { statuses, isClosed } = await sendRaw(
    graph.gateway.port,
    'POST /graphql HTTP/1.1\r\nhost: x\r\naccept: text/event-stream\r\ncontent-type: application/json\r\ncontent-length: 30\r\n\r\n{',
    { deadlineMs: 5_000 },
  );
  expect({ statuses, isClosed }).toEqual({ statuses: [408], isClosed: true });
});

test('A49 A50 odd heads of a request for a stream', async () => {
  const asStream = ['accept: text/event-stream', 'connection: close'];
  const proto = await sendRaw(graph.gateway.port, rawPost(ask, [...asStream, '__proto__: x', 'constructor: y']));
  expect([proto.statuses, proto.text.includes('"__typename":"Query"')]).toEqual([[200], true]);
  const twice = await sendRaw(graph.gateway.port, rawPost(ask, [...asStream, 'transfer-encoding: chunked']));
  expect([twice.statuses, twice.isClosed]).toEqual([[400], true]);
  const host = rawPost(ask, asStream).replace('host: x', 'host: a b/c');
  expect((await sendRaw(graph.gateway.port, host)).statuses).toEqual([400]);
});

test('A58 A59 other spellings of the path and other methods, for a stream', async () => {
  for (const path of ['/graphql/', '//graphql', '/graphql%00', '/GraphQL']) {
    const { statuses, text } = await sendRaw(
      graph.gateway.port,
      rawPost(ask, ['accept: text/event-stream', 'connection: close'], path),
    );
    expect([path, statuses.length, [400, 404].includes(statuses[0] ?? 0), text.includes('"data"')]).toEqual([
      path,
      1,
      true,
      false,
    ]);
  }
  for (const method of ['PUT', 'DELETE', 'PATCH', 'TRACE', 'OPTIONS']) {
    const { statuses } = await sendRaw(
      graph.gateway.port,
      `${method} /graphql HTTP/1.1\r\nhost: x\r\naccept: text/event-stream\r\nconnection: close\r\n\r\n`,
    );
    expect([method, statuses]).toEqual([method, [405]]);
  }
});

test('A29 what nobody in particular subscribes to ends with an error that says nothing, where the source is away', async () => {
  await graph.accounts.kill();
  const answer = await fetch(`${graph.gateway.url}?query=${encodeURIComponent('subscription { renamed { id } }')}`, {
    headers: stream,
  });
  const text = await answer.text();
  expect(text).toContain('"errors"');
  expect(text).not.toMatch(/127\.0\.0\.1|ECONN|accounts|stack/);
  expect((await post(graph.gateway.url, ask)).status).toBe(200);
});
