import { describe, expect, test } from 'vitest';
import { waitUntil } from '../../support/wait-until.ts';
import { follow, type LiveGraph, startLiveGraph } from './live-graph.ts';
import { manySockets } from './many-sockets.ts';
import { Shelf } from './shelf.ts';

describe.each(['process', 'http'] as const)('over %s', (over) => {
  test('a snapshot, then each change once, joined with the other subgraph; nothing is left after leaving', async () => {
    await using graph = await startLiveGraph({ over });
    graph.shelf.change('one');
    const client = follow(graph.socketUrl);
    await waitUntil('the snapshot is there', () => client.events.length > 0);
    expect(client.events[0]).toEqual({
      cursor: 'c1',
      kind: 'SNAPSHOT',
      levels: [{ version: 1, item: { id: 'one', title: 'Title of one' } }],
    });
    graph.shelf.change('two');
    const changes = () => client.events.filter(({ kind }) => kind === 'CHANGES');
    await waitUntil('the change is there', () => changes().length > 0);
    expect(changes()).toEqual([
      { cursor: 'c2', kind: 'CHANGES', levels: [{ version: 1, item: { id: 'two', title: 'Title of two' } }] },
    ]);
    await waitUntil('a heartbeat came', () => client.events.at(-1)?.kind === 'HEARTBEAT');
    expect(client.errors).toEqual([]);
    await client.stop();
    await expectNothingLeft(graph);
  });
});

test('a crowd that comes back is served from memory, from where each of them was', async () => {
  await using graph = await startLiveGraph({ over: 'process', settings: manySockets, shelf: new Shelf(60_000) });
  const first = follow(graph.socketUrl);
  for (let position = 1; position <= 20; position++) {
    graph.shelf.change('one');
    await waitUntil('it has come', () => first.events.at(-1)?.cursor === `c${position}`);
  }
  const { requests } = graph.titles;
  const crowd = Array.from({ length: 100 }, (_, index) => follow(graph.socketUrl, `c${1 + (index % 20)}`));
  graph.shelf.change('two');
  await waitUntil('all have everything', () => crowd.every(({ events }) => events.at(-1)?.cursor === 'c21'));
  crowd.forEach(({ events }, index) => {
    expect(events.map(({ cursor }) => cursor)).toEqual(
      Array.from({ length: 20 - (index % 20) }, (_, missed) => `c${2 + (index % 20) + missed}`),
    );
  });
  expect(graph.shelf.opened).toBe(1);
  expect(graph.titles.requests).toBe(requests + 1);
  await Promise.all([first, ...crowd].map((client) => client.stop()));
  await expectNothingLeft(graph);
});

test('a cursor that is not in memory gets an upstream of its own, which then becomes one with the shared one', async () => {
  await using graph = await startLiveGraph({ over: 'process', settings: { liveRingBytes: 1 } });
  for (let position = 1; position <= 30; position++) graph.shelf.change('one');
  const first = follow(graph.socketUrl);
  await waitUntil('the first is there', () => first.events.length > 0);
  const late = follow(graph.socketUrl, 'c5');
  await waitUntil('the late one has caught up', () => late.events.at(-1)?.cursor === 'c30');
  await waitUntil('there is one upstream', () => graph.shelf.running === 1 && graph.shelf.opened === 2);
  graph.shelf.change('two');
  await waitUntil('both have it', () =>
    [first, late].every(({ events }) => events.some(({ cursor }) => cursor === 'c31')),
  );
  const items = late.events.flatMap(({ levels }) => levels);
  expect(items.map(({ version }) => version)).toEqual([...Array.from({ length: 25 }, (_, index) => index + 6), 1]);
  await Promise.all([first.stop(), late.stop()]);
  await expectNothingLeft(graph);
});

test('a swap goes on in place; what is no longer valid ends with one error', async () => {
  await using graph = await startLiveGraph({ over: 'http' });
  const client = follow(graph.socketUrl);
  await waitUntil('the snapshot is there', () => client.events.length > 0);
  await graph.gateway.offer(graph.changedSdl);
  graph.shelf.change('one');
  await waitUntil('the change is there', () => client.events.some(({ cursor }) => cursor === 'c1'));
  expect(client.events.filter(({ kind }) => kind === 'SNAPSHOT')).toHaveLength(1);
  expect(client.closes).toEqual([]);
  await graph.gateway.offer(graph.sdl.replaceAll('title: String!', 'name: String!'));
  await waitUntil('it has ended', () => client.errors.length > 0);
  expect(client.errors).toEqual([
    [expect.objectContaining({ extensions: expect.objectContaining({ code: 'GRAPHQL_VALIDATION_FAILED' }) })],
  ]);
  await client.stop();
  await expectNothingLeft(graph);
});

async function expectNothingLeft(graph: LiveGraph): Promise<void> {
  await waitUntil('the upstreams are gone', () => graph.shelf.running === 0);
  for (const name of ['operations', 'clients', 'upstreams', 'ring_bytes']) {
    expect(await graph.metric(`gateway_live_${name}`)).toBe(0);
  }
  await waitUntil('the sockets are gone', async () => (await graph.metric('gateway_sockets_open')) === 0);
}
