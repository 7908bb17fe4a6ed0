/** Numbers that look random and are the same for the same seed. */
export interface Random {
  /** 0 ≤ number < 1 */
  next(): number;
  /** Both ends included. */
  int(min: number, max: number): number;
  pick<Value>(values: readonly Value[]): Value;
  /** Another row of numbers, which depends on this one's place only. */
  fork(): Random;
}

/** Mulberry32: 32 bits of state, enough to lay out a schedule. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    int: (min, max) => min + Math.floor(next() * (max - min + 1)),
    pick(values) {
      const value = values[Math.floor(next() * values.length)];
      if (value === undefined) throw new Error('There is nothing to pick from.');
      return value;
    },
    fork: () => createRandom(Math.floor(next() * 2 ** 32)),
  };
}
