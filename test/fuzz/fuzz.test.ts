import { afterAll, expect, test } from 'vitest';
import { openLightWorld, openOneshelfWorld } from './fuzz-world.ts';
import { runFuzz } from './run-fuzz.ts';

// The same cases each time, so that a change is judged by what it changed; the long form looks for new ones.
const seed = Number(process.env.FUZZ_SEED ?? 20_261_128);
const runs = Number(process.env.FUZZ_RUNS ?? 20_000);
const figures = new Map<string, number>();
const count = (what: string, by = 1): void => void figures.set(what, (figures.get(what) ?? 0) + by);
afterAll(() => console.log(`FUZZ_SEED=${seed}`, Object.fromEntries([...figures].sort(([, a], [, b]) => b - a))));

test.each([
  ['two light subgraphs', openLightWorld, 0.85],
  ['Oneshelf', openOneshelfWorld, 0.15],
] as const)(
  'whatever is sent to a gateway over %s is answered as GraphQL, leaks nothing and harms nobody',
  async (_name, open, share) => {
    await using world = await open();
    await runFuzz(world, { runs: runs * share, seed, count });
    expect(figures.get('data')).toBeGreaterThan(0);
  },
  300_000,
);
