import { waitUntil } from '../../support/wait-until.ts';
import { startLiveGraph } from './live-graph.ts';
import { manySockets } from './many-sockets.ts';
import { openCrowd } from './open-crowd.ts';
import { Shelf } from './shelf.ts';

/** What a crowd cost beyond sending. */
export interface CrowdCost {
  /** Subscriptions that the subgraph saw. */
  readonly upstreams: number;
  /** Requests that the other subgraph saw, for all changes. */
  readonly requests: number;
  readonly enrichments: number;
  readonly deliveries: number;
}

/** Sends changes to a crowd, one at a time, and counts what they cost. The crowd is checked to have got the same, and to leave nothing behind. */
export async function countCrowdCosts(clients: number, changes: number): Promise<CrowdCost> {
  const deadlineMs = 60_000;
  const shelf = new Shelf(600_000);
  await using graph = await startLiveGraph({ over: 'process', settings: manySockets, shelf });
  const crowd = await openCrowd(graph.socketUrl, clients);
  await waitUntil('all have their snapshot', () => crowd.leastEvents() >= 1, deadlineMs);
  const before = {
    requests: graph.titles.requests,
    enrichments: await graph.metric('gateway_live_enrichments_total'),
    deliveries: await graph.metric('gateway_live_deliveries_total'),
  };
  for (let change = 1; change <= changes; change++) {
    shelf.change('one');
    await waitUntil('all have it', () => crowd.leastEvents() >= change + 1, deadlineMs);
  }
  const cost = {
    upstreams: shelf.opened,
    requests: graph.titles.requests - before.requests,
    enrichments: (await graph.metric('gateway_live_enrichments_total')) - before.enrichments,
    deliveries: (await graph.metric('gateway_live_deliveries_total')) - before.deliveries,
  };
  const expected = Array.from({ length: changes + 1 }, (_, position) => `c${position}`);
  crowd.check(expected);
  await crowd.leave();
  await waitUntil('the upstream is gone', () => shelf.running === 0, deadlineMs);
  await waitUntil('the sockets are gone', async () => (await graph.metric('gateway_sockets_open')) === 0, deadlineMs);
  for (const name of ['operations', 'clients', 'upstreams', 'ring_bytes']) {
    const left = await graph.metric(`gateway_live_${name}`);
    if (left !== 0) throw new Error(`gateway_live_${name} is ${left} after all have left.`);
  }
  return cost;
}
