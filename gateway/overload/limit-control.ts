/** What the process did for a while, with how many operations. */
export interface LoadSample {
  readonly durationMs: number;
  /** Part of the time that it was not waiting for events: 0 to 1. */
  readonly busyShare: number;
  /** Mean length of its turns, waiting not counted: how long whatever becomes ready waits until it is looked at. */
  readonly turnMs: number;
  /** How long operations ran that ended meanwhile, the mean; undefined when they were too few to say. */
  readonly operationMs?: number | undefined;
  /** The mean of those, whenever that was, that began and ended while no more than the least limit ran; undefined before any have. */
  readonly amongFewMs?: number | undefined;
  /** The most operations that ran at once. */
  readonly peakRunning: number;
  /** Whether there were more operations than the limit let run. */
  readonly isLimiting: boolean;
}

/** How many operations may run at once, learned from the event loop's turns and from how long operations take. */
export interface LimitControl {
  readonly limit: number;
  observe(sample: LoadSample): void;
}

export interface LimitControlOptions {
  readonly maxLimit: number;
  /** Turns that are longer while the loop has no pause are too long. */
  readonly targetTurnMs: number;
  /**
   * Operations that run for longer wait for each other below: for connections of a database, for a subgraph that has enough to do. Where they take
   * longer than that when few run, it is half as much again as they do then.
   */
  readonly targetOperationMs: number;
}

/** With fewer than this a process that waits for subgraphs would stand still now and then; and it is never shut to everybody. */
export const minLimit = 32;
/**
 * A turn is long now and then (a collection of garbage, a crowd that comes while code is still cold). After so long no more may run than do, and others wait
 * for a place, but for a crowd that a cold process gets through in a second; only what lasts is overload. With 100 ms for both a crowd of 60 was refused in part. Without the first, three times what a process can
 * do filled it with 2,000 operations in the second before it began to refuse, each of which then took two.
 */
const holdMs = 100;
const heldAtLeast = 256;
const lastingMs = 1_000;
/** With more pauses than this the loop is no bottleneck, however long a single turn was. */
const busyEnough = 0.9;
/** How much longer than among few an operation may take. */
const slack = 1.5;
const steepestGrowth = 1.25;
const gentlestGrowth = 1.01;

/**
 * In each turn a process does a step of every operation that runs and is ready, so that a turn's length grows with their number: the limit is
 * set to what fits into a turn of the target's length, half the way at a time. What holds operations up below is not in a turn; it shows in how long they
 * take, the mean of those that ended: by as much as that is longer than its target, too many run. Whatever they take when no more than the least limit
 * run is not for us to mend: subgraphs that are slow by themselves raise the target. The limit grows only while it is one.
 */
export function createLimitControl({ maxLimit, targetTurnMs, targetOperationMs }: LimitControlOptions): LimitControl {
  const least = Math.min(minLimit, maxLimit);
  let limit = maxLimit;
  let lateForMs = 0;
  return {
    get limit() {
      return Math.floor(limit);
    },
    observe({ durationMs, busyShare, turnMs, operationMs = 0, amongFewMs = 0, peakRunning, isLimiting }) {
      const turns = busyShare >= busyEnough ? turnMs / targetTurnMs : 0;
      /** How much too long whatever takes too long is. */
      const excess = Math.max(turns, operationMs / allowedOperationMs(targetOperationMs, amongFewMs));
      const isLate = excess > 1;
      lateForMs = isLate ? lateForMs + durationMs : 0;
      // What more operations do to each other shows when they have ended, not at the next look: until then it grows no further.
      const part = durationMs / Math.max(durationMs, operationMs);
      if (isLate) {
        if (lateForMs < holdMs) return;
        const held = Math.min(limit, peakRunning);
        const fitting = peakRunning / excess;
        const next = lateForMs < lastingMs ? Math.max(heldAtLeast, held) : (held + fitting) / 2;
        limit = Math.max(least, Math.min(limit, next));
        return;
      }
      if (!isLimiting) return;
      const growth = excess === 0 ? steepestGrowth : 1 / excess;
      limit = Math.min(maxLimit, limit * Math.min(steepestGrowth, Math.max(gentlestGrowth, growth)) ** part);
    },
  };
}

/** The target, or half as much again as operations take among few, where that is more. */
export function allowedOperationMs(targetOperationMs: number, amongFewMs = 0): number {
  return Math.max(targetOperationMs, slack * amongFewMs);
}
