import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { resolveSettings } from '../../../gateway/config.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { changedQuery, type LiveGraph, startLiveGraph } from './live-graph.ts';

let graph: LiveGraph;

beforeAll(async () => {
  graph = await startLiveGraph({
    over: 'process',
    settings: { socketInitTimeoutMs: 300, socketPingMs: 500, limits: resolveSettings().limits },
  });
});
afterAll(() => graph[Symbol.asyncDispose]());

/** A socket without manners. */
async function open(options: { readonly origin?: string; readonly silent?: boolean } = {}) {
  const socket = new WebSocket(graph.socketUrl, 'graphql-transport-ws', {
    ...(options.origin === undefined ? {} : { origin: options.origin }),
    autoPong: options.silent !== true,
    perMessageDeflate: true,
  });
  const messages: { type: string; id?: string; payload?: unknown }[] = [];
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  socket.on('message', (data) => messages.push(JSON.parse(String(data))));
  socket.on('error', () => undefined);
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const send = (message: object | string) =>
    socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  return {
    socket,
    messages,
    closed,
    send,
    async init() {
      send({ type: 'connection_init' });
      await waitUntil('it is acknowledged', () => messages.some(({ type }) => type === 'connection_ack'));
    },
    async ask(query: string, id = 'q') {
      send({ type: 'subscribe', id, payload: { query } });
      return await waitUntil('it is answered', () =>
        messages.find((each) => each.id === id && each.type !== 'complete'),
      );
    },
  };
}

/** The same process goes on answering. */
async function expectAlive(): Promise<void> {
  const client = await open();
  await client.init();
  expect(await client.ask('{ hello }')).toMatchObject({ type: 'next', payload: { data: { hello: 'world' } } });
  client.socket.terminate();
}

describe('the protocol', () => {
  test('no connection_init in time: 4408', async () => expect(await (await open()).closed).toBe(4408));

  test('subscribe before the acknowledgement: 4401', async () => {
    const { send, closed } = await open();
    send({ type: 'subscribe', id: '1', payload: { query: '{ hello }' } });
    expect(await closed).toBe(4401);
  });

  test('two inits: 4429', async () => {
    const { send, closed } = await open();
    send({ type: 'connection_init' });
    send({ type: 'connection_init' });
    expect(await closed).toBe(4429);
  });

  test.each([
    ['no JSON', '{'],
    ['an unknown type', '{"type":"hack"}'],
    ['what only a server says', '{"type":"connection_ack"}'],
    ['no id', '{"type":"subscribe","payload":{"query":"{ hello }"}}'],
    ['no object', '[]'],
  ])('%s: 4400', async (_name, text) => {
    const { send, closed } = await open();
    send(text);
    expect(await closed).toBe(4400);
    await expectAlive();
  });

  test('binary: 4400', async () => {
    const { socket, closed } = await open();
    socket.send(Buffer.from('{"type":"connection_init"}'));
    expect(await closed).toBe(4400);
  });

  test('65 KB: 1009', async () => {
    const { send, closed } = await open();
    send('x'.repeat(65 * 1024 + 1));
    expect(await closed).toBe(1009);
    await expectAlive();
  });

  test('compression is not negotiated', async () => {
    const { socket } = await open();
    expect(socket.extensions).toBe('');
    socket.terminate();
  });

  test('a peer that answers no ping is ended', async () => {
    const { send, closed, socket } = await open({ silent: true });
    send({ type: 'connection_init' });
    expect(await closed).toBe(1006);
    socket.terminate();
  });
});

describe('limits', () => {
  test('a flood of messages, and of pings: 1008', async () => {
    const messages = await open();
    for (let index = 0; index < 60; index++) messages.send({ type: 'ping' });
    expect(await messages.closed).toBe(1008);
    const pings = await open();
    for (let index = 0; index < 60; index++) pings.socket.ping();
    expect(await pings.closed).toBe(1008);
    await expectAlive();
  });

  test('the sixth subscription on a socket is refused, the others go on', async () => {
    const client = await open();
    await client.init();
    for (let id = 0; id < 6; id++) {
      client.send({ type: 'subscribe', id: String(id), payload: { query: changedQuery, variables: { shelf: 'a' } } });
    }
    const refused = await waitUntil('one is refused', () => client.messages.find(({ type }) => type === 'error'));
    expect(refused).toMatchObject({ id: '5', payload: [{ extensions: { code: 'RATE_LIMITED' } }] });
    await waitUntil(
      'the others run',
      () => new Set(client.messages.flatMap(({ type, id }) => (type === 'next' ? [id] : []))).size === 5,
    );
    client.socket.terminate();
    await waitUntil('the upstream is gone', () => graph.shelf.running === 0);
  });

  test('the sixth socket of an address: 1008', async () => {
    const clients = await Promise.all(Array.from({ length: 5 }, () => open()));
    for (const client of clients) await client.init();
    const sixth = await open();
    sixth.send({ type: 'connection_init' });
    expect(await sixth.closed).toBe(1008);
    for (const { socket } of clients) socket.terminate();
    await waitUntil('all are gone', async () => (await graph.metric('gateway_sockets_open')) === 0);
    await expectAlive();
  });

  test('the limits of documents are those of a POST', async () => {
    const client = await open();
    await client.init();
    const aliases = Array.from({ length: 100 }, (_, index) => `a${index}:hello`).join(' ');
    expect(await client.ask(`{ ${aliases} }`, 'a')).toMatchObject({
      type: 'error',
      payload: [{ extensions: { code: 'TOO_MANY_ALIASES' } }],
    });
    const misspelt = await client.ask('{ helo }', 'b');
    expect(misspelt).toMatchObject({ type: 'error', payload: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] });
    expect(JSON.stringify(misspelt)).not.toContain('Did you mean');
    expect(await client.ask('subscription { plain refused }', 'c')).toMatchObject({ type: 'error' });
    client.socket.terminate();
  });
});

test('a page of another origin gets 403, our own is let in', async () => {
  await expect(open({ origin: 'https://evil.example' })).rejects.toThrow('403');
  const own = await open({ origin: new URL(graph.gateway.url).origin });
  own.socket.terminate();
});

test('a huge Sec-WebSocket-Protocol is 431', async () => {
  const { hostname, port } = new URL(graph.gateway.url);
  const answer = await new Promise<string>((resolve) => {
    const socket = connect(Number(port), hostname, () => {
      socket.write(
        `GET /graphql HTTP/1.1\r\nHost: ${hostname}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Protocol: ${'x'.repeat(100_000)}\r\n\r\n`,
      );
    });
    socket.on('data', (data) => {
      resolve(String(data));
      socket.destroy();
    });
    socket.on('error', () => undefined);
  });
  expect(answer).toContain(' 431 ');
});

test('queries, mutations and plain subscriptions run over a socket; errors inside them are masked', async () => {
  const client = await open();
  await client.init();
  expect(await client.ask('mutation { greet(name: "Ada") }', 'm')).toMatchObject({
    payload: { data: { greet: 'hello Ada' } },
  });
  await client.ask('subscription { plain }', 'p');
  await waitUntil('it is complete', () => client.messages.some(({ type, id }) => type === 'complete' && id === 'p'));
  expect(client.messages.filter(({ id, type }) => id === 'p' && type === 'next').map(({ payload }) => payload)).toEqual(
    [1, 2, 3].map((plain) => ({ data: { plain } })),
  );
  expect(await client.ask('subscription { refused }', 'r')).toMatchObject({ type: 'error' });
  await client.ask('subscription { broken }', 'b');
  await waitUntil('it broke', () => client.messages.some(({ type, id }) => type === 'error' && id === 'b'));
  expect(JSON.stringify(client.messages)).not.toContain('secret');
  client.socket.terminate();
});
