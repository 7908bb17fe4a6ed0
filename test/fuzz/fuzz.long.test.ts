import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { startLongRun } from '../support/long-run.ts';
import { openLightWorld, openOneshelfWorld } from './fuzz-world.ts';
import { runFuzz } from './run-fuzz.ts';

const { seed, count, measure } = startLongRun('fuzz');
const runs = Number(process.env.FUZZ_RUNS ?? 500_000);

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes in use without garbage. */
function heapBytes(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

/** Sockets, pipes, timers and whatever else keeps a process alive. */
const handles = (): number => process.getActiveResourcesInfo().filter((kind) => kind !== 'Timeout').length;

test.each([
  ['two light subgraphs', openLightWorld, 0.9],
  ['Oneshelf', openOneshelfWorld, 0.1],
] as const)(
  'whatever is sent to a gateway over %s is answered as GraphQL, leaks nothing and harms nobody',
  async (name, open, share) => {
    await using world = await open();
    // Caches are full by a third of the run: from there on nothing may grow.
    let settled = Number.POSITIVE_INFINITY;
    let settledHandles = 0;
    await runFuzz(world, {
      runs: runs * share,
      seed,
      count,
      onProgress(done) {
        if (done < 1 / 3 || settled < Number.POSITIVE_INFINITY) return;
        settled = heapBytes();
        settledHandles = handles();
      },
    });
    const grownMb = (heapBytes() - settled) / 1_000_000;
    measure(`heap growth over the last two thirds, ${name}`, `${grownMb.toFixed(1)} MB`);
    measure(`handles more than at a third, ${name}`, handles() - settledHandles);
    // 100 bytes a case would be 30 MB over the light subgraphs.
    expect(grownMb).toBeLessThan(20);
    expect(handles() - settledHandles).toBeLessThanOrEqual(8);
  },
);
