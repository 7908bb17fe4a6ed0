/** Allows so many lines a second; says afterwards how many were left out. */
export interface LineBudget {
  /** True when the line may be written. */
  take(): boolean;
}

export function createLineBudget(
  linesPerSecond: number,
  onSuppressed: (count: number) => void,
  now: () => number = () => performance.now(),
): LineBudget {
  let begunAt = now();
  let taken = 0;
  return {
    take() {
      if (now() - begunAt >= 1_000) {
        if (taken > linesPerSecond) onSuppressed(taken - linesPerSecond);
        begunAt = now();
        taken = 0;
      }
      taken++;
      return taken <= linesPerSecond;
    },
  };
}
