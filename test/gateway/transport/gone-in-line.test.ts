import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { expectQuiet } from '../../attacks/expect-unharmed.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { startTestGraph } from '../server/test-graph.ts';

function requestOf(query: string, headers = ''): string {
  const body = JSON.stringify({ query });
  const head = `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\naccept: application/json\r\n${headers}`;
  return `${head}content-length: ${body.length}\r\n\r\n${body}`;
}

test('who leaves while requests wait for the one before them on their connection leaves none of them running', async () => {
  await using graph = await startTestGraph();
  const { port, url } = graph.gateway;
  for (let number = 0; number < 10; number++) {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    const before = graph.accounts.seen.length;
    socket.write(
      ['{ slow(ms: 400) }', '{ me { name } }', '{ me { id } }', '{ slow(ms: 5) }']
        .map((query) => requestOf(query))
        .join(''),
    );
    await waitUntil('the first runs', () => graph.accounts.seen.length > before);
    if (number % 2 === 0) await wait(5 * number);
    socket.destroy();
  }
  await expectQuiet(url);
});

const webSocket = [
  'GET /graphql HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13',
  'sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-protocol: graphql-transport-ws\r\n\r\n',
].join('\r\n');

/** Sends on one connection and reads to its end, or until `isEnough`; then leaves. */
async function exchange(port: number, text: string, isEnough: (received: string) => boolean): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  const closed = once(socket, 'close');
  let received = '';
  socket.on('data', (chunk: Buffer) => {
    received += chunk.toString('latin1');
    if (isEnough(received)) socket.destroy();
  });
  socket.write(text);
  await closed;
  return received;
}

test.each([
  ['an upgrade', webSocket],
  ['a broken upgrade', 'GET /graphql HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n'],
  ['CONNECT', 'CONNECT /graphql HTTP/1.1\r\nhost: x\r\n\r\n'],
])('%s behind requests that are not answered ends their connection, and none of them runs on', async (_what, last) => {
  await using graph = await startTestGraph();
  const { port, url } = graph.gateway;
  for (const first of ['{ slow(ms: 300) }', '{ __typename }', '{ me { name } }']) {
    const lines = [first, '{ me { name } }', '{ me { id } }'].map((query) => requestOf(query));
    const received = await exchange(port, [...lines, last].join(''), () => false);
    expect(received).not.toContain('101 Switching');
    await expectQuiet(url);
  }
});

test('an upgrade on a connection whose requests are answered is taken', async () => {
  await using graph = await startTestGraph();
  const { port } = graph.gateway;
  const socket = connect(port, '127.0.0.1');
  socket.write(requestOf('{ me { name } }'));
  const [answer] = await once(socket, 'data');
  expect(String(answer)).toContain('200 OK');
  socket.write(webSocket);
  const [upgraded] = await once(socket, 'data');
  expect(String(upgraded)).toContain('101 Switching Protocols');
  socket.destroy();
});

test('a client that offers HTTP/2 with its request, as some do with every one, is answered in HTTP/1.1', async () => {
  await using graph = await startTestGraph();
  const offer = 'connection: upgrade, http2-settings\r\nupgrade: h2c\r\nhttp2-settings: AAMAAABkAAQAAP__\r\n';
  const received = await exchange(graph.gateway.port, requestOf('{ me { name } }', offer), (text) =>
    text.includes('}}}'),
  );
  expect(received).toContain('{"data":{"me":{"name":"Ada"}}}');
});
