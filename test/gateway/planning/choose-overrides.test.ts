import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createOverrideChooser } from '../../../gateway/planning/choose-overrides.ts';

test('a draw activates exactly the percentages above it, and there are few different choices', () => {
  const percentages = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 5 });
  const draws = fc.array(fc.double({ min: 0, max: 0.999999, noNaN: true }), { minLength: 1, maxLength: 50 });
  fc.assert(
    fc.property(percentages, draws, (all, randoms) => {
      const choose = createOverrideChooser(all, []);
      const keys = new Set<string>();
      for (const random of randoms) {
        const choice = choose(random);
        keys.add(choice.key);
        for (const percentage of all) expect(choice.percentage < percentage).toBe(random * 100 < percentage);
      }
      expect(keys.size).toBeLessThanOrEqual(new Set(all).size + 1);
    }),
  );
});

test('only the labels of the supergraph count', () => {
  const choose = createOverrideChooser([], ['beta']);
  expect([...choose(0.5, new Set(['beta', 'gamma'])).activeLabels]).toEqual(['beta']);
  expect(choose(0.1, new Set(['beta'])).key).not.toBe(choose(0.1).key);
  expect(choose(0.1, new Set(['gamma'])).key).toBe(choose(0.9).key);
});
