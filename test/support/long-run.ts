import { afterAll } from 'vitest';

/** The counts of one long test file, with its seed: printed at the start, now and then, and at the end. */
export interface LongRun {
  /** From LONG_SEED, to repeat a run; otherwise from the clock. An integer of 31 bits. */
  readonly seed: number;
  /** Adds to a count, such as `kills`. Prints a line of all figures when the last one is 15 s old. */
  count(what: string, by?: number): void;
  /** Sets a figure that is measured, such as `p99 ratio`. */
  measure(what: string, value: number | string): void;
}

const progressMs = 15_000;

/** Starts the counting of a `.long.test.ts`; call it once, at the top of the file. The end of the file prints the figures. */
export function startLongRun(name: string): LongRun {
  const seed = process.env.LONG_SEED === undefined ? Date.now() % 2 ** 31 : Number(process.env.LONG_SEED);
  const figures = new Map<string, number | string>();
  const startedAt = performance.now();
  let printedAt = startedAt;
  const print = (when: string): void => {
    printedAt = performance.now();
    const seconds = Math.round((printedAt - startedAt) / 1000);
    const listed = Array.from(figures, ([what, value]) => `${what} ${value}`).join(', ');
    console.log(`[${name}] ${when} after ${seconds} s, seed ${seed}: ${listed || 'nothing yet'}`);
  };
  console.log(`[${name}] begins, LONG_SEED=${seed} repeats it`);
  afterAll(() => print('ended'));
  return {
    seed,
    count(what, by = 1) {
      figures.set(what, Number(figures.get(what) ?? 0) + by);
      if (performance.now() - printedAt > progressMs) print('running');
    },
    measure: (what, value) => void figures.set(what, value),
  };
}
