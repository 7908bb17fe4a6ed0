import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { waitUntil } from '../../support/wait-until.ts';
import { follow, startLiveGraph } from './live-graph.ts';
import { manySockets } from './many-sockets.ts';
import { Shelf } from './shelf.ts';

const padded = (field: string) => `subscription {
  ${field}(shelf: "a") { cursor kind pad levels { version item { id } } }
}`;

interface Sent {
  readonly data: Record<string, { cursor: string; kind: string; levels: { version: number; item: { id: string } }[] }>;
  readonly extensions?: { readonly live?: { readonly conflated: boolean; readonly events: number } };
}

/** A client that stops reading after its snapshot. */
async function openStalled(url: string, field: string) {
  const socket = new WebSocket(url, 'graphql-transport-ws');
  const results: Sent[] = [];
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  socket.on('message', (data) => {
    const message = JSON.parse(String(data)) as { type: string; payload: Sent };
    if (message.type === 'connection_ack') {
      socket.send(JSON.stringify({ type: 'subscribe', id: '1', payload: { query: padded(field) } }));
    }
    if (message.type === 'next') results.push(message.payload);
  });
  socket.once('open', () => socket.send('{"type":"connection_init"}'));
  await waitUntil('the snapshot is there', () => results.length > 0);
  socket.pause();
  return { socket, results, closed };
}

test('a reader that stalls gets the newest of each key and is told; the others are not held up', async () => {
  const shelf = new Shelf(60_000);
  await using graph = await startLiveGraph({ over: 'process', shelf, padding: 100_000 });
  const stalled = await openStalled(graph.socketUrl, 'changed');
  const other = follow(graph.socketUrl);
  await waitUntil('the other is there', () => other.events.length > 0);
  // Some 70 of these fill the ring; socket buffers of the kernel take up to 6 MB before ours count.
  let changes = 0;
  for (; (await graph.metric('gateway_live_conflations_total')) === 0 && changes < 400; changes++) {
    shelf.change(`key ${changes % 3}`);
    await waitUntil('the other has it', () => other.events.at(-1)?.cursor === `c${changes + 1}`, 2_000);
    if (changes % 20 === 0 && changes > 60) {
      stalled.socket.resume();
      await new Promise((resolve) => setImmediate(resolve));
      stalled.socket.pause();
    }
  }
  stalled.socket.resume();
  await waitUntil('it has caught up', () => stalled.results.at(-1)?.data.changed?.cursor === `c${changes}`);
  const conflated = stalled.results.filter(({ extensions }) => extensions?.live?.conflated === true);
  expect(conflated.length).toBeGreaterThan(0);
  const shown = new Map<string, number>();
  for (const { data, extensions } of stalled.results) {
    const levels = data.changed?.levels ?? [];
    if (extensions?.live?.conflated) expect(new Set(levels.map(({ item }) => item.id)).size).toBe(levels.length);
    for (const { version, item } of levels) {
      expect(version).toBeGreaterThan(shown.get(item.id) ?? 0);
      shown.set(item.id, version);
    }
  }
  expect(shown).toEqual(shelf.versions);
  stalled.socket.terminate();
  await other.stop();
});

test('a reader that stalls on a feed that may not be conflated is sent away with 1013, and comes back with its cursor', async () => {
  const shelf = new Shelf(60_000);
  await using graph = await startLiveGraph({
    over: 'process',
    shelf,
    padding: 200_000,
    settings: { liveRingBytes: 1_000_000 },
  });
  const stalled = await openStalled(graph.socketUrl, 'strict');
  for (let changes = 0; (await graph.metric('gateway_live_too_slow_total')) === 0 && changes < 400; changes++) {
    const { end } = { end: shelf.position };
    shelf.change('one');
    await waitUntil(
      'it is enriched',
      async () => (await graph.metric('gateway_live_enrichments_total')) >= end + 2,
      2_000,
    );
  }
  stalled.socket.resume();
  expect(await stalled.closed).toBe(1013);
  await waitUntil('nothing runs', () => shelf.running === 0);
  expect(await graph.metric('gateway_live_ring_bytes')).toBe(0);
});

test('closing sends all away with 1012, in slices', async () => {
  const graph = await startLiveGraph({ over: 'process', settings: manySockets });
  const clients = Array.from({ length: 250 }, () => follow(graph.socketUrl));
  await waitUntil('all are there', () => clients.every(({ events }) => events.length > 0));
  await graph[Symbol.asyncDispose]();
  await waitUntil('all are told', () => clients.every(({ closes }) => closes.length > 0));
  expect(new Set(clients.flatMap(({ closes }) => closes))).toEqual(new Set([1012]));
  expect(graph.shelf.running).toBe(0);
  await Promise.all(clients.map((client) => client.stop()));
});
