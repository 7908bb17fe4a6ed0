import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { waitUntil } from '../../support/wait-until.ts';
import { type Answer, post, startTestGraph, type TestGraph } from '../server/test-graph.ts';
import { rawPost, sendRaw } from './raw-http.ts';

let graph: TestGraph;
let origin: string;
beforeAll(async () => {
  graph = await startTestGraph({ headersTimeoutMs: 400, requestTimeoutMs: 600 });
  origin = new URL(graph.gateway.url).origin;
  await post(graph.gateway.url, { query: '{ me { name } }' });
});
afterAll(() => graph[Symbol.asyncDispose]());

/** Whatever came before: a normal request is answered at once. */
afterEach(async () => {
  const startedAt = performance.now();
  expect((await post(graph.gateway.url, { query: '{ me { name } }' })).body).toEqual({ data: { me: { name: 'Ada' } } });
  expect(performance.now() - startedAt).toBeLessThan(2_000);
});

const ask = '{"query":"{__typename}"}';

async function send(init: RequestInit, path = '/graphql'): Promise<Answer> {
  const response = await fetch(`${origin}${path}`, init);
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? {} : JSON.parse(text) };
}

/** One error, with a code and the request's id, and nothing of what is inside. */
function expectRefusal(answer: Answer, status: number, code: string): void {
  expect({ status: answer.status, code: answer.body.errors?.[0]?.extensions.code }).toEqual({ status, code });
  expect(answer.body.data).toBeUndefined();
  expect(answer.body.errors?.length).toBeLessThanOrEqual(5);
  expect(answer.body.errors?.[0]?.extensions.requestId).toBe(answer.headers.get('x-request-id'));
  expect(JSON.stringify(answer.body)).not.toMatch(/stack|node_modules|Did you mean|127\.0\.0\.1|FST_/);
}

describe('methods and media types', () => {
  const withPreflight = { 'apollo-require-preflight': '1' };

  test('a GET carries a query, and only with a header that forces a preflight', async () => {
    const query = `/graphql?query=${encodeURIComponent('{ me { name } }')}`;
    expect(await send({ headers: withPreflight }, query)).toMatchObject({
      status: 200,
      body: { data: { me: { name: 'Ada' } } },
    });
    expectRefusal(await send({}, query), 400, 'BAD_REQUEST');
  });

  test('a GET never carries a mutation, with or without that header, also beside a query', async () => {
    const mutation = `/graphql?query=${encodeURIComponent('mutation { rename(id: 1, name: "x") { id } }')}`;
    expectRefusal(await send({ headers: withPreflight }, mutation), 405, 'METHOD_NOT_ALLOWED');
    expectRefusal(await send({}, mutation), 405, 'METHOD_NOT_ALLOWED');
    const both = `/graphql?operationName=M&query=${encodeURIComponent('query Q { __typename } mutation M { rename(id: 1, name: "x") { id } }')}`;
    expect((await send({ headers: withPreflight }, both)).status).toBe(405);
  });

  test('GET with a content type of forms, POST without one or with another, odd charsets: 415', async () => {
    for (const type of ['text/plain', 'message/http', 'application/x-www-form-urlencoded']) {
      expectRefusal(
        await send({ headers: { 'content-type': type } }, '/graphql?query=%7B__typename%7D'),
        415,
        'UNSUPPORTED_MEDIA_TYPE',
      );
    }
    const types = [
      'text/plain',
      'application/graphql',
      'multipart/form-data; boundary=x',
      'application/json; charset=ibm037',
      'application/json; charset=utf-7',
      'application/json; charset=x-mac-cyrillic',
      'application/jsonx',
      ',',
    ];
    for (const type of types) {
      expectRefusal(
        await send({ method: 'POST', body: ask, headers: { 'content-type': type } }),
        415,
        'UNSUPPORTED_MEDIA_TYPE',
      );
    }
    expectRefusal(await send({ method: 'POST', body: new Blob([ask]) }), 415, 'UNSUPPORTED_MEDIA_TYPE');
    expect((await post(graph.gateway.url, ask, { 'content-type': 'Application/JSON; Charset="UTF-8"' })).status).toBe(
      200,
    );
  });

  test('compressed bodies: 415 before anything is unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(10_000_000, ' '));
    for (const encoding of ['gzip', 'br', 'deflate', 'gzip, gzip', 'zstd']) {
      const answer = await send({
        method: 'POST',
        body: bomb,
        headers: { 'content-type': 'application/json', 'content-encoding': encoding },
      });
      expectRefusal(answer, 415, 'UNSUPPORTED_MEDIA_TYPE');
    }
  });

  test('what cannot be answered is refused before it is executed', async () => {
    for (const accept of ['*/*;q=0', 'multipart/mixed;deferSpec=20220824', 'text/html', 'application/json;q=0.0']) {
      const before = graph.accounts.seen.length;
      const answer = await post(
        graph.gateway.url,
        { query: 'mutation { rename(id: 1, name: "x") { id } }' },
        { accept },
      );
      expectRefusal(answer, 406, 'NOT_ACCEPTABLE');
      expect(graph.accounts.seen.length).toBe(before);
    }
    expect((await post(graph.gateway.url, ask, { accept: 'text/html, */*;q=0.8' })).status).toBe(200);
  });

  test('other methods: 405; other spellings of the path: 404', async () => {
    for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS'])
      expectRefusal(await send({ method }), 405, 'METHOD_NOT_ALLOWED');
    expect((await send({ method: 'HEAD' })).status).toBe(405);
    for (const [method, path] of [
      ['TRACE', '/graphql'],
      ['OPTIONS', '*'],
      ['PUT', '/nowhere'],
      ['PROPFIND', '/graphql'],
    ]) {
      const { statuses } = await sendRaw(
        graph.gateway.port,
        `${method} ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`,
      );
      expect(statuses, `${method} ${path}`).toEqual([405]);
    }
    for (const path of [
      '/graphql/',
      '//graphql',
      '/graphql%00',
      '/GraphQL',
      '/graphql/../graphql/x',
      '/',
      '/admin/supergraph',
      '/%',
    ]) {
      const { statuses, text } = await sendRaw(graph.gateway.port, rawPost(ask, ['connection: close'], path));
      expect(statuses, path).toHaveLength(1);
      expect([400, 404], path).toContain(statuses[0]);
      expect(text).not.toContain('"data"');
    }
  });
});

describe('bodies', () => {
  const bad: readonly string[] = [
    '{',
    '[]',
    'null',
    '"s"',
    '1',
    'NaN',
    '',
    '{}',
    '{"query":1}',
    '{"query":{}}',
    '{"query":null}',
    '{"query":"{__typename}","variables":"x"}',
    '{"query":"{__typename}","variables":[]}',
    '{"query":"{__typename}","extensions":"x"}',
    '{"query":"{__typename}","operationName":{}}',
    '{"query":"{__typename}","query":"{me{name}}"}',
    '{"query":"{__typename}","variables":{"a":1,"a":2}}',
    '{"query":"{__typename}","variables":{"__proto__":{"polluted":1}}}',
    '[{"query":"{__typename}"},{"query":"{__typename}"}]',
  ];
  for (const body of bad) {
    test(`${body || 'nothing'} → a clean 400`, async () => {
      expectRefusal(await post(graph.gateway.url, body), 400, 'BAD_REQUEST');
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    });
  }

  test('bytes that are not UTF-8', async () => {
    const body = Buffer.concat([Buffer.from('{"query":"{__typename} #'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]);
    expectRefusal(
      await send({ method: 'POST', body, headers: { 'content-type': 'application/json' } }),
      400,
      'BAD_REQUEST',
    );
  });

  test('persisted queries are off: every hash gets the same answer', async () => {
    const extensions = { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } };
    for (const request of [{ extensions }, { query: '{ __typename }', extensions }]) {
      const answer = await post(graph.gateway.url, request as never);
      expect(answer.body.errors?.[0]?.extensions.code).toBe('PERSISTED_QUERY_NOT_SUPPORTED');
    }
  });

  test('10 MB, announced or in chunks: 413 early', async () => {
    const announced = await sendRaw(
      graph.gateway.port,
      `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 10485760\r\n\r\n{"query":"`,
    );
    expect(announced).toMatchObject({ statuses: [413], isClosed: true });
    const chunk = `10000\r\n${' '.repeat(65_536)}\r\n`.repeat(5);
    const chunked = await sendRaw(
      graph.gateway.port,
      `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n${chunk}`,
    );
    expect(chunked).toMatchObject({ statuses: [413], isClosed: true });
    expect(chunked.text).toContain('BODY_TOO_LARGE');
  });

  test('more than an anonymous caller may send, less than a partner may', async () => {
    const answer = await post(graph.gateway.url, { query: '{ __typename }', variables: { text: 'x'.repeat(70_000) } });
    expectRefusal(answer, 413, 'BODY_TOO_LARGE');
  });
});

describe('headers and connections', () => {
  test('65 headers, or 17 KiB of them: 431', async () => {
    const many = Array.from({ length: 65 }, (_, index) => `x-${index}: 1`);
    expect((await sendRaw(graph.gateway.port, rawPost(ask, many))).statuses).toEqual([431]);
    expect((await sendRaw(graph.gateway.port, rawPost(ask, [`x: ${'a'.repeat(17_000)}`]))).statuses).toEqual([431]);
    const enough = Array.from({ length: 50 }, (_, index) => `x-${index}: 1`);
    expect((await sendRaw(graph.gateway.port, rawPost(ask, [...enough, 'connection: close']))).statuses).toEqual([200]);
  });

  test('a header named __proto__ changes nothing', async () => {
    const { statuses } = await sendRaw(
      graph.gateway.port,
      rawPost(ask, ['__proto__: x', 'constructor: y', 'connection: close']),
    );
    expect(statuses).toEqual([200]);
  });

  test('requests that two parsers could read in two ways: 400 and the connection is closed', async () => {
    const smuggled = `0\r\n\r\nGET /x HTTP/1.1\r\n\r\n`;
    const start = 'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n';
    const requests = [
      `${start}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n${smuggled}`,
      `${start}transfer-encoding: chunked, identity\r\n\r\n${smuggled}`,
      `${start}transfer-encoding: xchunked\r\n\r\n${smuggled}`,
      `${start}content-length: 5\r\ncontent-length: 6\r\n\r\n{"a":1`,
      `${start}x: a\r\n b\r\ncontent-length: 2\r\n\r\n{}`,
      `${start}content-length: 2\nx: 1\r\n\r\n{}`,
      'POST /graphql HTTP/1.1\r\ncontent-length: 2\r\n\r\n{}',
      'NONSENSE\r\n\r\n',
      '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
    ];
    for (const request of requests) {
      const { statuses, isClosed } = await sendRaw(graph.gateway.port, request);
      expect({ request, statuses, isClosed }).toEqual({ request, statuses: [400], isClosed: true });
    }
  });

  test('a Host header that is no host', async () => {
    const text = rawPost(ask, ['connection: close']).replace('host: x', 'host: a b/c');
    expect((await sendRaw(graph.gateway.port, text)).statuses).toEqual([400]);
  });

  test('1,000 pipelined requests are answered one after the other, in order', async () => {
    const requests = Array.from({ length: 1_000 }, (_, index) =>
      rawPost(JSON.stringify({ query: `{ __typename }` }), [`x-request-id: r${index}`]),
    );
    const { text, statuses } = await sendRaw(graph.gateway.port, requests.join(''), {
      deadlineMs: 10_000,
      until: (received) => received.includes('x-request-id: r999') && received.endsWith('}}'),
    });
    expect(statuses.length).toBe(1_000);
    const ids = [...text.matchAll(/x-request-id: r(\d+)/g)].map((match) => Number(match[1]));
    expect(ids).toEqual(Array.from({ length: 1_000 }, (_, index) => index));
  });

  test('slow headers and slow bodies are cut; others do not notice', async () => {
    const sockets = Array.from({ length: 100 }, (_, index) => {
      const socket = connect({ port: graph.gateway.port, host: '127.0.0.1' });
      socket.on('error', () => undefined);
      socket.write(
        index % 2 === 0
          ? 'POST /graphql HTTP/1.1\r\nhost: x\r\nx: '
          : 'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 30\r\n\r\n{',
      );
      return socket;
    });
    const drip = setInterval(() => {
      for (const socket of sockets) if (socket.writable) socket.write('a');
    }, 100);
    let closed = 0;
    for (const socket of sockets) socket.on('close', () => closed++).resume();
    const startedAt = performance.now();
    expect((await post(graph.gateway.url, { query: '{ me { name } }' })).status).toBe(200);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    await waitUntil('every slow connection is closed', () => closed === sockets.length, 5_000);
    clearInterval(drip);
  });

  test("a caller's request id is kept when it is harmless, and replaced when it is not", async () => {
    expect((await post(graph.gateway.url, ask, { 'x-request-id': 'a-b.c:1' })).headers.get('x-request-id')).toBe(
      'a-b.c:1',
    );
    for (const id of ['a b', 'x'.repeat(129), '"><script>']) {
      expect((await post(graph.gateway.url, ask, { 'x-request-id': id })).headers.get('x-request-id')).toMatch(
        /^[\w-]{36}$/,
      );
    }
  });
});

describe('what errors give away', () => {
  test('no suggestion for a misspelt field, enum, argument, type or input', async () => {
    const documents = [
      '{ mee { name } }',
      '{ echo(role: READR) }',
      '{ echo(txt: "a") }',
      '{ me { ... on Usr { name } } }',
      'query ($r: Rol) { echo(role: $r) }',
    ];
    for (const query of documents)
      expectRefusal(await post(graph.gateway.url, { query }), 400, 'GRAPHQL_VALIDATION_FAILED');
    const answer = await post(graph.gateway.url, {
      query: 'query ($r: Role) { echo(role: $r) }',
      variables: { r: 'READR' },
    });
    expectRefusal(answer, 400, 'BAD_USER_INPUT');
  });

  test('at most five errors, whatever is wrong', async () => {
    const { status, body } = await post(graph.gateway.url, {
      query: `{ ${Array.from({ length: 9 }, (_, index) => `wrong${index}`).join(' ')} }`,
    });
    expect(status).toBe(400);
    expect(body.errors?.length).toBe(5);
  });

  test('the subgraphs’ own fields are not there', async () => {
    for (const query of ['{ _service { sdl } }', '{ _entities(representations: []) { __typename } }']) {
      expectRefusal(await post(graph.gateway.url, { query }), 400, 'GRAPHQL_VALIDATION_FAILED');
    }
  });

  test('no landing page, no trace of a subgraph', async () => {
    const page = await fetch(`${origin}/graphql`, { headers: { accept: 'text/html' } });
    expect([page.status, page.headers.get('content-type')]).toEqual([406, 'application/json; charset=utf-8']);
    const traced = await post(graph.gateway.url, ask, { 'apollo-federation-include-trace': 'ftv1' });
    expect(JSON.stringify(traced.body)).not.toContain('ftv1');
  });

  test('an operationName that does not choose', async () => {
    const query = 'query A { __typename } query B { __typename }';
    expectRefusal(await post(graph.gateway.url, { query }), 400, 'OPERATION_RESOLUTION_FAILURE');
    expectRefusal(await post(graph.gateway.url, { query, operationName: 'C' }), 400, 'OPERATION_RESOLUTION_FAILURE');
    expect((await post(graph.gateway.url, { query, operationName: 'B' })).body).toEqual({
      data: { __typename: 'Query' },
    });
  });

  test('a subscription over a request that carries one answer', async () => {
    expectRefusal(
      await post(graph.gateway.url, { query: 'subscription { renamed { id } }' }),
      400,
      'SUBSCRIPTION_NOT_SUPPORTED',
    );
  });

  test('introspection by setting', async () => {
    expect((await post(graph.gateway.url, { query: '{ __schema { queryType { name } } }' })).body.data).toEqual({
      __schema: { queryType: { name: 'Query' } },
    });
    const deep = '{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }';
    expectRefusal(await post(graph.gateway.url, { query: deep }), 400, 'GRAPHQL_VALIDATION_FAILED');
  });
});
