/**
 * Decisions read off a string of bytes, which is all that fast-check sees of a case: a shorter string and smaller bytes make a simpler
 * case, so that whatever fails is made small without any code of its own. When the bytes are used up, every decision is the first one.
 */
export interface Choices {
  readonly isUsedUp: boolean;
  /** A whole number from 0 to `count` - 1. */
  below(count: number): number;
  pick<T>(list: readonly T[]): T;
  /** True once in so many times; false when the bytes are used up. */
  oneIn(times: number): boolean;
  /** As many as drawn, each made by itself. */
  some<T>(most: number, make: (index: number) => T): T[];
}

export function createChoices(bytes: Uint8Array): Choices {
  let at = 0;
  const next = (): number => bytes[at++] ?? 0;
  const below = (count: number): number => (count <= 256 ? next() : next() * 256 + next()) % count;
  return {
    get isUsedUp() {
      return at >= bytes.length;
    },
    below,
    pick(list) {
      const picked = list[below(list.length)];
      if (picked === undefined && list.length === 0) throw new Error('There is nothing to pick from.');
      return picked as (typeof list)[number];
    },
    oneIn: (times) => below(times) === times - 1,
    some: (most, make) => Array.from({ length: below(most + 1) }, (_, index) => make(index)),
  };
}
