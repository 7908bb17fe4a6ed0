import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeCursor, encodeCursor } from '../../../db/change-feed/cursor.ts';

const key = randomBytes(32);
const binding = { feed: 'stock', scope: 'berlin' };
const positions = fc.record({ epoch: fc.maxSafeNat(), number: fc.maxSafeNat() });

test('gives the position back, to whom it was made for only', () => {
  fc.assert(
    fc.property(
      positions,
      fc.string(),
      fc.string(),
      fc.string(),
      fc.string(),
      (position, feed, scope, otherFeed, otherScope) => {
        const cursor = encodeCursor(key, { feed, scope }, position);
        expect(cursor).toMatch(/^[\w-]{44}$/);
        expect(decodeCursor(key, { feed, scope }, cursor)).toEqual(position);
        if (otherFeed !== feed) expect(decodeCursor(key, { feed: otherFeed, scope }, cursor)).toBeUndefined();
        if (otherScope !== scope) expect(decodeCursor(key, { feed, scope: otherScope }, cursor)).toBeUndefined();
        expect(decodeCursor(randomBytes(32), { feed, scope }, cursor)).toBeUndefined();
      },
    ),
  );
});

test('any other text is refused', () => {
  fc.assert(
    fc.property(
      positions,
      fc.nat(32),
      fc.integer({ min: 1, max: 255 }),
      fc.string(),
      (position, place, change, text) => {
        const bytes = Buffer.from(encodeCursor(key, binding, position), 'base64url');
        bytes[place] = (bytes[place] ?? 0) ^ change;
        expect(decodeCursor(key, binding, bytes.toString('base64url'))).toBeUndefined();
        expect(decodeCursor(key, binding, text)).toBeUndefined();
        expect(decodeCursor(key, binding, `${encodeCursor(key, binding, position)}${text}x`)).toBeUndefined();
      },
    ),
  );
});

test('a binding is not the sum of its parts', () => {
  const cursor = encodeCursor(key, { feed: 'a', scope: 'bc' }, { epoch: 1, number: 1 });
  expect(decodeCursor(key, { feed: 'ab', scope: 'c' }, cursor)).toBeUndefined();
});
