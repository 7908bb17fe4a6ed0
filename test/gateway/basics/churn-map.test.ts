import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ChurnMap } from '../../../gateway/basics/churn-map.ts';

test('it is a Map, whatever comes and goes', () => {
  const step = fc.record({ what: fc.constantFrom('set', 'delete', 'get', 'clear'), key: fc.nat(8), value: fc.nat() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 100 }), (steps) => {
      const churning = new ChurnMap<number, number>();
      const plain = new Map<number, number>();
      for (const { what, key, value } of steps) {
        if (what === 'set') {
          churning.set(key, value);
          plain.set(key, value);
        } else if (what === 'clear') {
          churning.clear();
          plain.clear();
        } else {
          expect(what === 'get' ? churning.get(key) : churning.delete(key)).toBe(plain.get(key));
          if (what === 'delete') plain.delete(key);
        }
        expect(churning.size).toBe(plain.size);
        expect([...churning.entries()]).toEqual([...plain]);
      }
    }),
    { numRuns: 300, verbose: 1 },
  );
});

test('what leaves or comes while it is gone through is seen as in a Map', () => {
  const map = new ChurnMap<string, number>();
  for (const key of ['a', 'b', 'c']) map.set(key, 1);
  const seen: string[] = [];
  for (const [key] of map.entries()) {
    seen.push(key);
    if (key === 'a') {
      map.delete('b');
      map.set('d', 1);
    }
  }
  expect(seen).toEqual(['a', 'c', 'd']);
});
