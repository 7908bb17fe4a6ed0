import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BoundedCache } from '../../../gateway/basics/bounded-cache.ts';

interface Modelled {
  readonly key: string;
  readonly weight: number;
  isUsed: boolean;
}

const bound = 10;

function weigh(model: readonly Modelled[]): number {
  return model.reduce((sum, { weight }) => sum + weight, 0);
}

test('whatever is put in, the weight stays within the bound, and what was not used since it was last looked at goes first', () => {
  const step = fc.record({
    key: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
    weight: fc.integer({ min: 0, max: 12 }),
    isRead: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const evicted: number[] = [];
      const cache = new BoundedCache<number>(bound, (value) => evicted.push(value));
      const gone: number[] = [];
      let model: Modelled[] = [];
      for (const { key, weight, isRead } of steps) {
        const found = model.find((entry) => entry.key === key);
        if (isRead) {
          expect(cache.get(key)).toBe(found?.weight);
          if (found !== undefined) found.isUsed = true;
          continue;
        }
        cache.set(key, weight, weight);
        model = model.filter((entry) => entry !== found);
        if (weight > bound) continue;
        while (weigh(model) + weight > bound) {
          const [oldest, ...others] = model;
          if (oldest === undefined) break;
          model = oldest.isUsed ? [...others, { ...oldest, isUsed: false }] : others;
          if (!oldest.isUsed) gone.push(oldest.weight);
        }
        model.push({ key, weight, isUsed: false });
        expect(cache.weight).toBe(weigh(model));
        expect(cache.weight).toBeLessThanOrEqual(bound);
        expect([...cache.entries()].sort()).toEqual(model.map((entry) => [entry.key, entry.weight]).sort());
        expect(cache.size).toBe(model.length);
        expect(evicted).toEqual(gone);
      }
    }),
    { numRuns: 500, verbose: 1 },
  );
});

test('what is used stays while 10,000 others pass', () => {
  const cache = new BoundedCache<number>(100);
  cache.set('known', -1);
  for (let index = 0; index < 10_000; index++) {
    cache.set(`k${index}`, index);
    expect(cache.get('known')).toBe(-1);
  }
  expect(cache.size).toBe(100);
});
