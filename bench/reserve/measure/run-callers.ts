import { setTimeout as wait } from 'node:timers/promises';

/** Callers that each ask again as soon as they have their answer. */
export interface CallersSpec {
  readonly callers: number;
  readonly warmUpSeconds: number;
  readonly seconds: number;
  /** One reservation by a caller; rejects when it fails. */
  readonly reserve: (caller: number) => Promise<void>;
  /** CPU seconds used so far by whatever is measured. */
  readonly readCpu: () => number;
}

export interface CallersResult {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** The longest wait of any caller. */
  readonly maxMs: number;
  readonly cpuMsPerReservation: number;
  /** Reservations answered in all, the warm-up included. */
  readonly reserved: number;
}

/** Runs callers for a while. Throws the first failure: a bench of failures says nothing. */
export async function runCallers(spec: CallersSpec): Promise<CallersResult> {
  const latencies: number[] = [];
  let [reserved, isMeasuring, isRunning] = [0, false, true];
  const call = async (caller: number): Promise<void> => {
    while (isRunning) {
      const startedAt = performance.now();
      await spec.reserve(caller);
      reserved += 1;
      if (isMeasuring) latencies.push(performance.now() - startedAt);
    }
  };
  const crowd = Promise.all(Array.from({ length: spec.callers }, (_, caller) => call(caller)));
  const time = async () => {
    await wait(spec.warmUpSeconds * 1_000);
    const cpuBefore = spec.readCpu();
    const startedAt = performance.now();
    isMeasuring = true;
    await wait(spec.seconds * 1_000);
    isMeasuring = false;
    return { seconds: (performance.now() - startedAt) / 1_000, cpuSeconds: spec.readCpu() - cpuBefore };
  };
  try {
    const measured = await Promise.race([time(), crowd.then(() => Promise.reject(new Error('The callers ended.')))]);
    isRunning = false;
    await crowd;
    latencies.sort((a, b) => a - b);
    return {
      perSecond: latencies.length / measured.seconds,
      p50Ms: takeRank(latencies, 0.5),
      p99Ms: takeRank(latencies, 0.99),
      maxMs: latencies.at(-1) ?? Number.NaN,
      cpuMsPerReservation: (measured.cpuSeconds * 1_000) / latencies.length,
      reserved,
    };
  } finally {
    isRunning = false;
  }
}

/** The value that a share of the sorted values does not exceed; NaN of none. */
function takeRank(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}
