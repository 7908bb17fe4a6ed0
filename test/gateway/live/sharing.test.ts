import { describe, expect, test } from 'vitest';
import { waitUntil } from '../../support/wait-until.ts';
import { follow, startLiveGraph } from './live-graph.ts';

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
    await waitUntil('the upstream is gone', () => graph.shelf.running === 0);
    expect(await graph.metric('gateway_live_operations')).toBe(0);
    expect(await graph.metric('gateway_live_upstreams')).toBe(0);
    expect(await graph.metric('gateway_live_ring_bytes')).toBe(0);
    expect(await graph.metric('gateway_sockets_open')).toBe(0);
  });
});
