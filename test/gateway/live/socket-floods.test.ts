import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { resolveSettings } from '../../../gateway/config.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { openBlackholeProxy } from './blackhole-proxy.ts';
import { countCycles } from './count-cycles.ts';
import { changedQuery, follow, type LiveGraph, startLiveGraph } from './live-graph.ts';
import { manySockets } from './many-sockets.ts';
import { Shelf } from './shelf.ts';

// A busy machine plans slowly, which is not what this is about.
const strict = { limits: resolveSettings().limits, planningDeadlineMs: 20_000 };
const crowd = { ...manySockets, planningDeadlineMs: 20_000 };

/** A socket that has been met. */
async function openMet(graph: LiveGraph) {
  const socket = new WebSocket(graph.socketUrl, 'graphql-transport-ws');
  const messages: { readonly type: string; readonly id?: string }[] = [];
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  socket.on('error', () => undefined);
  socket.on('message', (data) => messages.push(JSON.parse(String(data))));
  socket.once('open', () => socket.send('{"type":"connection_init"}'));
  await waitUntil('it is acknowledged', () => messages.length > 0);
  return { socket, messages, closed };
}

async function expectUnharmed(graph: LiveGraph): Promise<void> {
  const client = follow(graph.socketUrl);
  await waitUntil('another client is served', () => client.events.length > 0);
  await client.stop();
  await waitUntil('all sockets are given back', async () => (await graph.metric('gateway_sockets_open')) === 0);
  await waitUntil('the upstream is gone', () => graph.shelf.running === 0);
}

test('10,000 subscriptions on a socket: the sixth is refused, and the flood ends with 1008', async () => {
  await using graph = await startLiveGraph({ over: 'process', settings: strict });
  const { socket, messages, closed } = await openMet(graph);
  const payload = { query: changedQuery, variables: { shelf: 'a' } };
  const subscribe = (id: number) => socket.send(JSON.stringify({ type: 'subscribe', id: String(id), payload }));
  for (let id = 0; id < 6; id++) subscribe(id);
  const refused = await waitUntil('one is refused', () => messages.find(({ type }) => type === 'error'));
  for (let id = 6; id < 10_000 && socket.readyState === socket.OPEN; id++) subscribe(id);
  expect(await closed).toBe(1008);
  expect(refused).toMatchObject({ id: '5', payload: [{ extensions: { code: 'RATE_LIMITED' } }] });
  expect(graph.shelf.opened).toBeLessThanOrEqual(1);
  await expectUnharmed(graph);
});

test('10,000 pings of the protocol, and of the messages: 1008', async () => {
  await using graph = await startLiveGraph({ over: 'process', settings: strict });
  for (const flood of ['frames', 'messages']) {
    const { socket, messages, closed } = await openMet(graph);
    for (let count = 0; count < 10_000; count++) {
      if (socket.readyState !== socket.OPEN) break;
      if (flood === 'frames') socket.ping();
      else socket.send('{"type":"ping"}');
    }
    expect(await closed).toBe(1008);
    expect(messages.length).toBeLessThan(100); // nothing was answered beyond what is allowed
  }
  await expectUnharmed(graph);
});

test('2,000 subscribe/complete cycles give every place back', async () => {
  await using graph = await startLiveGraph({ over: 'process', settings: { ...crowd, liveLingerMs: 0 } });
  await countCycles(graph, 2_000);
  await expectUnharmed(graph);
}, 60_000);

test('a pulled cable: the socket is ended after two pings, and its upstream with it', async () => {
  await using graph = await startLiveGraph({ over: 'process', settings: { ...strict, socketPingMs: 400 } });
  await using proxy = await openBlackholeProxy(graph.gateway.port);
  const client = follow(graph.socketUrl.replace(`:${graph.gateway.port}/`, `:${proxy.port}/`));
  await waitUntil('it is served', () => client.events.length > 0);
  expect(await graph.metric('gateway_sockets_open')).toBe(1);
  proxy.swallow();
  const startedAt = performance.now();
  await waitUntil('the socket is ended', async () => (await graph.metric('gateway_sockets_open')) === 0);
  // The defaults are 12 s a ping: 24 s. A busy machine is late by some.
  expect(performance.now() - startedAt).toBeLessThan(2 * 400 + 2_000);
  await client.stop();
  await expectUnharmed(graph);
});

test('one that stops reading at 1,000 events a second holds nobody up', async () => {
  const shelf = new Shelf(60_000);
  await using graph = await startLiveGraph({ over: 'process', settings: crowd, shelf });
  const others = Array.from({ length: 5 }, () => follow(graph.socketUrl));
  const stalled = await openMet(graph);
  const payload = { query: changedQuery, variables: { shelf: 'a' } };
  stalled.socket.send(JSON.stringify({ type: 'subscribe', id: '1', payload }));
  await waitUntil(
    'all are there',
    () => others.every(({ events }) => events.length > 0) && stalled.messages.length > 1,
  );
  stalled.socket.pause();
  const ages: number[] = [];
  for (let round = 0; round < 30; round++) {
    const startedAt = performance.now();
    for (let count = 0; count < 33; count++) shelf.change(`key ${count % 5}`);
    const last = `c${shelf.position}`;
    await waitUntil('the others have it', () => others.every(({ events }) => events.at(-1)?.cursor === last));
    ages.push(performance.now() - startedAt);
    await delay(Math.max(0, 33 - (performance.now() - startedAt)));
  }
  ages.sort((one, other) => one - other);
  expect(ages[Math.floor(ages.length * 0.9)]).toBeLessThan(1_000);
  stalled.socket.terminate();
  await Promise.all(others.map((client) => client.stop()));
  await expectUnharmed(graph);
});

test("a page of another origin is refused though the browser sends the victim's cookie", async () => {
  await using graph = await startLiveGraph({ over: 'process', settings: strict });
  const socket = new WebSocket(graph.socketUrl, 'graphql-transport-ws', {
    origin: 'https://evil.example',
    headers: { cookie: 'session=of-the-victim' },
  });
  const refusal = await new Promise<Error>((resolve) => socket.once('error', resolve));
  expect(refusal.message).toContain('403');
  await expectUnharmed(graph);
});
