import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSchema, parse } from 'graphql';
import { makeServer, type SubscribePayload } from 'graphql-ws';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { createPrincipal, reservedHeaders } from '../../../gateway/identity/principal.ts';
import { signatureHeader, statementHeader } from '../../../gateway/subgraph-client/sign-call.ts';
import { openHttpServer, openTestSubgraph } from './open-test-subgraph.ts';
import { openClient, requestOf } from './test-request.ts';

const secret = 'a secret of at least thirty-two characters';
const { headers } = createPrincipal({
  caller: 'person',
  kind: 'clerk',
  id: 'c1',
  scopes: ['b', 'a'],
  attributes: { place: 'north' },
});

/** What a subgraph does with the signature, written from the contract and not from our code. */
function isRightlySigned(subgraph: string, statement: string, signature: string, body: string): boolean {
  const { time, mac } = /^t=(?<time>\d+),v1=(?<mac>[\w-]{43})$/.exec(signature)?.groups ?? {};
  if (time === undefined || Math.abs(Date.now() - Number(time)) > 30_000) return false;
  const digest = createHash('sha256').update(body).digest('base64url');
  const signed = `${subgraph}\n${time}\n${statement}\n${digest}`;
  return createHmac('sha256', secret).update(signed).digest('base64url') === mac;
}

test('the statement says who is calling, in one way only', () => {
  const text = Buffer.from(headers[statementHeader] ?? '', 'base64url').toString();
  expect(text).toBe('{"kind":"clerk","id":"c1","scopes":["a","b"],"attributes":{"place":"north"}}');
  expect([...reservedHeaders].sort()).toEqual([statementHeader, signatureHeader]);
});

describe('over HTTP', () => {
  test.each([
    ['somebody', headers],
    ['nobody', {}],
  ])('a call for %s is signed for this subgraph and this body', async (_who, sent: Record<string, string>) => {
    const calls: { body: string; statement: string; signature: string }[] = [];
    const url = await openHttpServer((request, response, body) => {
      const statement = String(request.headers[statementHeader] ?? '');
      calls.push({ body, statement, signature: String(request.headers[signatureHeader]) });
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":{"a":1}}');
    });
    const client = openClient({ kind: 'http', url }, { secret });
    await client.execute(requestOf({ headers: sent, variablesText: '{"a":1}' }));
    const [call] = calls;
    if (call === undefined) throw new Error('no call came');
    const { body, statement, signature } = call;
    expect(statement).toBe(sent[statementHeader] ?? '');
    expect(isRightlySigned('tested', statement, signature, body)).toBe(true);
    expect(isRightlySigned('another', statement, signature, body)).toBe(false);
    expect(isRightlySigned('tested', statement, signature, `${body} `)).toBe(false);
    expect(isRightlySigned('tested', `${statement}A`, signature, body)).toBe(false);
  });

  test('without a secret nothing is signed', async () => {
    const { target, seen } = await openTestSubgraph('http', async () => ({ data: { a: 1 } }));
    await openClient(target).execute(requestOf({ headers }));
    expect(seen[0]?.headers[signatureHeader]).toBeUndefined();
  });
});

test('in process only the statement is passed: nobody else can call', async () => {
  const { target, seen } = await openTestSubgraph('in-process', async () => ({ data: { a: 1 } }));
  await openClient(target, { secret }).execute(requestOf({ headers }));
  expect(seen[0]?.headers).toEqual(headers);
});

test('over a WebSocket each subscription is signed over its query and variables', async () => {
  const payloads: SubscribePayload[] = [];
  const protocol = makeServer({
    onSubscribe(_context, _id, payload) {
      payloads.push(payload);
      return { schema: buildSchema('type Query { a: Int }'), document: parse('{ a }'), rootValue: { a: 1 } };
    },
  });
  const server = createServer();
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket) => {
    const closed = protocol.opened(
      {
        protocol: socket.protocol,
        send: (text) => socket.send(text),
        close: (code, reason) => socket.close(code, reason),
        onMessage: (handle) => void socket.on('message', (data) => void handle(String(data))),
      },
      {},
    );
    socket.once('close', (code, reason) => void closed(code, String(reason)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    for (const socket of sockets.clients) socket.terminate();
    server.close();
    await once(server, 'close');
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  const client = openClient({ kind: 'http', url }, { secret });
  const query = 'subscription($n: Int) { changed(n: $n) }';
  const results = client.subscribe({
    query,
    operationName: undefined,
    variables: { n: 1, list: [{ b: 1.5, a: 'é' }] },
    headers: { ...headers, 'x-request-id': 'r' },
    signal: AbortSignal.timeout(5_000),
  });
  for await (const result of results) expect(result.data).toEqual({ a: 1 });
  const { extensions, variables } = payloads[0] ?? {};
  expect(extensions?.headers).toEqual({ 'x-request-id': 'r' });
  expect(extensions?.graphCaller).toBe(headers[statementHeader]);
  const body = `${query}\n${JSON.stringify(variables)}`;
  const signature = String(extensions?.graphSignature);
  expect(isRightlySigned('tested', String(extensions?.graphCaller), signature, body)).toBe(true);
  expect(isRightlySigned('tested', String(extensions?.graphCaller), signature, `${query}\n{"n":2}`)).toBe(false);
});
