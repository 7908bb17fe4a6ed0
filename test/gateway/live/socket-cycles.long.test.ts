import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { waitUntil } from '../../support/wait-until.ts';
import { countCycles } from './count-cycles.ts';
import { type LiveGraph, startLiveGraph } from './live-graph.ts';
import { manySockets } from './many-sockets.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes in use, without garbage and without the log, of which the test's graph keeps every line. */
function heapOf({ log }: LiveGraph): number {
  log.length = 0;
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

test('100,000 subscribe/complete cycles give every place back, and memory stays where it was', async () => {
  await using graph = await startLiveGraph({ over: 'process', settings: { ...manySockets, liveLingerMs: 0 } });
  await countCycles(graph, 10_000);
  const before = heapOf(graph);
  await countCycles(graph, 90_000);
  await waitUntil('all sockets are given back', async () => (await graph.metric('gateway_sockets_open')) === 0);
  await waitUntil('the upstream is gone', () => graph.shelf.running === 0);
  for (const name of ['operations', 'clients', 'upstreams', 'ring_bytes']) {
    expect(await graph.metric(`gateway_live_${name}`)).toBe(0);
  }
  const grown = heapOf(graph) - before;
  console.log(`heap grew by ${(grown / 1_000_000).toFixed(1)} MB over 90,000 cycles`);
  // A leak of 100 bytes a cycle would be 9 MB.
  expect(grown).toBeLessThan(9_000_000);
}, 900_000);
