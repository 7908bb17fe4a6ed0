import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { expectQuiet } from '../../attacks/expect-unharmed.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { post, startTestGraph, type TestGraph } from '../server/test-graph.ts';

const few = 8;

function requestOf(request: object): { readonly head: string; readonly body: string } {
  const body = JSON.stringify(request);
  const head = `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`;
  return { head, body };
}

async function open(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  return socket;
}

async function metric({ gateway }: TestGraph, name: string): Promise<number> {
  const text = await (await fetch(new URL('/metrics', gateway.url))).text();
  return Number(new RegExp(`^${name} (\\d+)`, 'm').exec(text)?.[1]);
}

test('whoever sends a body slowly holds nobody up, and is answered when it is here', async () => {
  await using graph = await startTestGraph({ maxRunningOperations: few });
  const { head, body } = requestOf({ query: '{ me { name } }' });
  const slow = await Promise.all(Array.from({ length: 10 * few }, () => open(graph.gateway.port)));
  for (const socket of slow) socket.write(head + body.slice(0, 9));
  await waitUntil('they are here', async () => (await metric(graph, 'gateway_connections_open')) > slow.length);
  for (let times = 0; times < 2 * few; times++)
    expect(await post(graph.gateway.url, { query: '{ me { name } }' })).toMatchObject({ status: 200 });
  const answers = slow.slice(0, few).map(async (socket) => {
    const answered = once(socket, 'data');
    socket.write(body.slice(9));
    return String(await answered);
  });
  for (const answer of await Promise.all(answers)) expect(answer).toContain('{"me":{"name":"Ada"}}');
  for (const socket of slow) socket.destroy();
  await expectQuiet(graph.gateway.url);
});

test('what is on its way while every place is taken goes on when there is one, and holds none before it is here', async () => {
  await using graph = await startTestGraph({ maxRunningOperations: few });
  const long = Array.from({ length: few }, (_, number) =>
    post(graph.gateway.url, { query: `{ slow(ms: 400) n${number}: __typename }` }),
  );
  await waitUntil('every place is taken', async () => (await metric(graph, 'gateway_operations_running')) === few);
  const { head, body } = requestOf({ query: '{ me { name } }' });
  const slow = await Promise.all(Array.from({ length: 2 * few }, () => open(graph.gateway.port)));
  for (const socket of slow) socket.write(head + body.slice(0, 9));
  await Promise.all(long);
  for (let times = 0; times < 2 * few; times++)
    expect(await post(graph.gateway.url, { query: '{ me { name } }' })).toMatchObject({ status: 200 });
  const [first] = slow;
  const answered = first && once(first, 'data');
  first?.write(body.slice(9));
  expect(String(await answered)).toContain('{"me":{"name":"Ada"}}');
});

test('answers that nobody reads hold their place no longer than an operation may run, and their connections are closed', async () => {
  await using graph = await startTestGraph({
    maxRunningOperations: 2,
    answerTimeoutMs: 1_500,
    operationDeadlineMs: 1_000,
  });
  const query = 'query ($text: String) { echo(text: $text) }';
  const { head, body } = requestOf({ query, variables: { text: 'x'.repeat(30_000) } });
  const before = await metric(graph, 'gateway_connections_open');
  const deaf = await Promise.all(Array.from({ length: 3 }, () => open(graph.gateway.port)));
  for (const socket of deaf) {
    socket.pause();
    for (let times = 0; times < 400; times++) socket.write(head + body);
  }
  await waitUntil('some of it stands still', async () => {
    const running = await metric(graph, 'gateway_operations_running');
    return running === 0 && (await metric(graph, 'gateway_connections_open')) >= before + deaf.length;
  });
  expect(await post(graph.gateway.url, { query: '{ me { name } }' })).toMatchObject({ status: 200 });
  await waitUntil('they are closed', async () => (await metric(graph, 'gateway_connections_open')) <= before + 1);
  await expectQuiet(graph.gateway.url);
});
