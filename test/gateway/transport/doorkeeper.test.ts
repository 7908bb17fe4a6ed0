import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createDoorkeeper } from '../../../gateway/transport/doorkeeper.ts';

test('newcomers are let in while they are few; in a crowd only who comes again', () => {
  let now = 0;
  const doorkeeper = createDoorkeeper({ atOnce: 3, perSecond: 2, now: () => now });
  const admitted = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, index) => doorkeeper.admits(`d${from + index}`)).filter(Boolean).length;
  expect(admitted(0, 10)).toBe(3);
  expect(admitted(3, 10)).toBe(7);
  expect(admitted(10, 20)).toBe(0);
  now = 1_000;
  expect(admitted(20, 30)).toBe(2);
  now = 60_000;
  expect(admitted(30, 40)).toBe(3);
});

test('who came just before is known, whatever the key, and in a crowd nobody else is', () => {
  const doorkeeper = createDoorkeeper({ atOnce: 0, perSecond: 0 });
  const before = new Set<string>();
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (key) => {
      expect(doorkeeper.admits(key)).toBe(before.has(key));
      expect(doorkeeper.admits(key)).toBe(true);
      before.add(key);
    }),
  );
});

test('of 10,000 documents that differ by a number none is taken for another, and nearly all are known when they come again', () => {
  const doorkeeper = createDoorkeeper({ atOnce: 0, perSecond: 0 });
  const text = (number: number) => `query Q${number} { product(upc: "${number}") { name } }`;
  const count = () =>
    Array.from({ length: 10_000 }, (_, index) => doorkeeper.admits(text(index))).filter(Boolean).length;
  expect(count()).toBe(0);
  expect(count()).toBeGreaterThan(8_000);
});
