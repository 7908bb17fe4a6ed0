import { expect, test } from 'vitest';
import { waitUntil } from '../../support/wait-until.ts';
import { loadBoth } from './load-both.ts';
import { openFileGraph } from './open-graph.ts';

test('kill -9 of a subgraph under load costs only what it owns, and it is back by itself', {
  timeout: 120_000,
}, async () => {
  await using graph = await openFileGraph();
  const { untouched, touching, counts, stop } = loadBoth(graph, 40);
  try {
    for (let kill = 1; kill <= 2; kill++) {
      const { whole, partial } = counts;
      await waitUntil('what is lent is answered', () => counts.whole > whole + 10, 30_000);
      await graph.kill('loans');
      const before = untouched.answered();
      await waitUntil('it is missed', () => counts.partial > partial + 10, 30_000);
      await waitUntil('others are answered', () => untouched.answered() > before + 40, 30_000);
      await graph.restart('loans');
      const back = counts.whole;
      await waitUntil('it is back', () => counts.whole > back + 10, 30_000);
    }
  } finally {
    await stop();
  }
  expect({ untouched: untouched.failures, touching: touching.failures }).toEqual({ untouched: [], touching: [] });
  // Nobody waits for what is away: all of them within the deadline of a subgraph's call, 3 s.
  expect(Math.max(...touching.takeLatencies())).toBeLessThan(3_000);
});
