import { performance } from 'node:perf_hooks';

/** What the event loop did between two looks at it. */
export interface LoopStretch {
  readonly durationMs: number;
  readonly busyShare: number;
  readonly turnMs: number;
}

/** Looks at the event loop of this thread. A look takes half a microsecond; between two of them nothing runs. */
export interface LoopWatch {
  /** Since the last look. */
  look(): LoopStretch;
}

/** By libuv's own counts of turns and of the time in which it waits for events: https://nodejs.org/api/perf_hooks.html#performancenodetiminguvmetricsinfo */
export function createLoopWatch(): LoopWatch {
  let atMs = performance.now();
  let idleMs = performance.nodeTiming.idleTime;
  let turns = performance.nodeTiming.uvMetricsInfo.loopCount;
  return {
    look() {
      const before = { atMs, idleMs, turns };
      atMs = performance.now();
      idleMs = performance.nodeTiming.idleTime;
      turns = performance.nodeTiming.uvMetricsInfo.loopCount;
      const durationMs = Math.max(atMs - before.atMs, Number.EPSILON);
      const busyMs = Math.max(0, durationMs - (idleMs - before.idleMs));
      return { durationMs, busyShare: busyMs / durationMs, turnMs: busyMs / Math.max(1, turns - before.turns) };
    },
  };
}
