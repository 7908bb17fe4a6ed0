/** Calls back what has not ended in time. */
export interface Deadlines {
  /** Returns what ends the wait. */
  start(onDue: () => void): () => void;
}

interface Wait {
  readonly dueAt: number;
  /** Undefined once it has ended: a Set may keep what has left it, see ChurnMap. */
  onDue: (() => void) | undefined;
}

/**
 * Deadlines of equal length: the first that began is the first due, so that one timer serves them all. A timer for each call took
 * 2 µs of it. `now` in ms, monotonic. The timer keeps no process alive.
 */
export function createDeadlines(ms: number, now: () => number): Deadlines {
  const waits = new Set<Wait>();
  let isArmed = false;

  const arm = (inMs: number): void => {
    isArmed = true;
    // One more, since timers count whole milliseconds and may come early.
    setTimeout(check, Math.max(1, inMs + 1)).unref();
  };
  const check = (): void => {
    for (const wait of waits) {
      const leftMs = wait.dueAt - now();
      if (leftMs > 0) {
        arm(leftMs);
        return;
      }
      waits.delete(wait);
      const { onDue } = wait;
      wait.onDue = undefined;
      onDue?.();
    }
    isArmed = false;
  };

  return {
    start(onDue) {
      const wait: Wait = { dueAt: now() + ms, onDue };
      waits.add(wait);
      if (!isArmed) arm(ms);
      return () => {
        waits.delete(wait);
        wait.onDue = undefined;
      };
    },
  };
}
