import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startLongRun } from '../../support/long-run.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { loadBoth } from './load-both.ts';
import { openFileGraph } from './open-graph.ts';

const rounds = 7;
const perSecond = 200;
const phaseMs = 8_000;
const run = startLongRun('kill -9 of a subgraph');

test('queries that do not touch a killed subgraph keep their p99 within 1.3 of its value with it alive', async () => {
  await using graph = await openFileGraph();
  const { untouched, touching, counts, stop } = loadBoth(graph, perSecond);
  const ratios: number[] = [];
  const measured = async (): Promise<number> => {
    untouched.takeLatencies();
    // The load is the measurement: it has to run for a while.
    await delay(phaseMs);
    return quantile(untouched.takeLatencies(), 0.99);
  };
  try {
    await waitUntil('the gateway is warm', () => untouched.answered() > 10 * perSecond, 120_000);
    for (let round = 0; round < rounds; round++) {
      const alive = await measured();
      // The kill itself is measured too: its phase begins before it.
      const dead = measured();
      await graph.kill('loans');
      const killed = await dead;
      ratios.push(killed / alive);
      run.count('kills');
      console.log(`round ${round + 1}: p99 ${alive.toFixed(2)} ms alive, ${killed.toFixed(2)} ms killed`);
      await graph.restart('loans');
      const { whole } = counts;
      await waitUntil('it is back', () => counts.whole > whole + perSecond, 60_000);
    }
  } finally {
    await stop();
  }
  const ratio = quantile(ratios, 0.5);
  run.measure('p99 ratio, killed to alive (median of rounds)', ratio.toFixed(3));
  run.measure('queries that do not touch it', untouched.answered());
  run.measure('of them failed', untouched.failures.length);
  run.measure('queries that do', `${touching.answered()}, ${counts.partial} without its part`);
  expect({ untouched: untouched.failures, touching: touching.failures }).toEqual({ untouched: [], touching: [] });
  expect(ratio).toBeLessThanOrEqual(1.3);
});

/** The nearest of the values; 0.5 is the median. */
function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}
