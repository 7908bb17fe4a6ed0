import { expect, test } from 'vitest';
import { waitUntil } from '../../support/wait-until.ts';
import { countCrowdCosts } from './crowd-costs.ts';
import { follow, startLiveGraph } from './live-graph.ts';
import { Shelf } from './shelf.ts';

// crowd.long.test.ts has 5,000.
test('a crowd of 500 costs one upstream and one request an event, like a single client, and leaves nothing behind', async () => {
  const one = await countCrowdCosts(1, 5);
  expect(one).toEqual({ upstreams: 1, requests: 5, enrichments: 5, deliveries: 5 });
  expect(await countCrowdCosts(500, 5)).toEqual({ ...one, deliveries: 2_500 });
}, 120_000);

test('metrics and log tell of clients, where their start came from, and how old the newest event is', async () => {
  await using graph = await startLiveGraph({ over: 'process', shelf: new Shelf(60_000) });
  const first = follow(graph.socketUrl);
  await waitUntil('the first is there', () => first.events.length === 1);
  const second = follow(graph.socketUrl, 'c0');
  graph.shelf.change('one');
  await waitUntil('both have the change', () => [first, second].every(({ events }) => events.at(-1)?.cursor === 'c1'));
  expect(await graph.metric('gateway_live_attached_total{from="upstream",start="snapshot"}')).toBe(1);
  expect(await graph.metric('gateway_live_attached_total{from="memory",start="cursor"}')).toBe(1);
  expect(await graph.metric('gateway_live_ring_bytes')).toBeGreaterThan(0);
  const age = await graph.metric('gateway_live_newest_event_age_seconds');
  expect(age).toBeGreaterThan(0);
  await waitUntil('the event grows older', async () => {
    return (await graph.metric('gateway_live_newest_event_age_seconds')) > age;
  });
  await Promise.all([first.stop(), second.stop()]);
  const lines = () => graph.log.filter(({ msg }) => msg === 'A live operation ended for a client');
  await waitUntil('their end is logged', () => lines().length === 2);
  const begun = graph.log.filter(({ msg }) => msg === 'A live operation began for a client');
  expect(new Set(lines().map(({ requestId }) => requestId))).toEqual(new Set(begun.map(({ requestId }) => requestId)));
  expect(lines().map(({ reason }) => reason)).toEqual(['left', 'left']);
  await waitUntil('nothing runs', () => graph.shelf.running === 0);
});
