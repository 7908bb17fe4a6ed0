import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BoundedCache } from '../../../gateway/basics/bounded-cache.ts';

test('whatever is put in, the weight stays within the bound, and the least recently used went first', () => {
  const step = fc.record({
    key: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
    weight: fc.integer({ min: 0, max: 12 }),
    isRead: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const cache = new BoundedCache<number>(10);
      let model: { key: string; weight: number }[] = [];
      for (const { key, weight, isRead } of steps) {
        const found = model.find((entry) => entry.key === key);
        if (isRead) {
          expect(cache.get(key)).toBe(found?.weight);
          if (found !== undefined) model = [...model.filter((entry) => entry !== found), found];
          continue;
        }
        cache.set(key, weight, weight);
        model = model.filter((entry) => entry !== found);
        if (weight <= 10) model.push({ key, weight });
        while (model.reduce((sum, entry) => sum + entry.weight, 0) > 10) model.shift();
        expect(cache.weight).toBe(model.reduce((sum, entry) => sum + entry.weight, 0));
        expect(cache.size).toBe(model.length);
      }
    }),
  );
});
