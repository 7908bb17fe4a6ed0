import { expect, test } from 'vitest';
import { waitUntil } from '../../support/wait-until.ts';
import { countCycles } from './count-cycles.ts';
import { startLiveGraph } from './live-graph.ts';
import { manySockets } from './many-sockets.ts';

test('100,000 subscribe/complete cycles give every place back, and memory stays where it was', async () => {
  await using graph = await startLiveGraph({ over: 'process', settings: { ...manySockets, liveLingerMs: 0 } });
  await countCycles(graph, 10_000);
  const before = process.memoryUsage().heapUsed;
  await countCycles(graph, 90_000);
  await waitUntil('all sockets are given back', async () => (await graph.metric('gateway_sockets_open')) === 0);
  await waitUntil('the upstream is gone', () => graph.shelf.running === 0);
  for (const name of ['operations', 'clients', 'upstreams', 'ring_bytes']) {
    expect(await graph.metric(`gateway_live_${name}`)).toBe(0);
  }
  const grown = process.memoryUsage().heapUsed - before;
  console.log(`heap grew by ${(grown / 1_000_000).toFixed(1)} MB over 90,000 cycles`);
  // Garbage that was not collected yet; a leak of 1 KB a cycle would be 90 MB.
  expect(grown).toBeLessThan(60_000_000);
}, 900_000);
