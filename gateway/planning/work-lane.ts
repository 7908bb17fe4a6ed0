import { ChurnMap } from '../basics/churn-map.ts';
import { GatewayError, shownError } from '../errors.ts';

/** Work that is done a little at a time, in the order it came; what waits is bounded. */
export interface WorkLane {
  /**
   * Runs the work when its turn comes. Rejects with the signal's reason when that aborts before, and with OVERLOADED when too much
   * waits. Work that has begun is told by its own means.
   */
  run<Result>(signal: AbortSignal, work: () => Promise<Result>): Promise<Result>;
  readonly waiting: number;
  readonly running: number;
}

/** At most `atOnce` works run and `maxWaiting` wait. */
export function createWorkLane(atOnce: number, maxWaiting: number): WorkLane {
  const waiting = new ChurnMap<number, () => void>();
  let lastNumber = 0;
  let running = 0;

  /** Resolves when a place is free, which is the caller's then. */
  function takePlace(signal: AbortSignal): Promise<void> {
    if (running < atOnce) {
      running++;
      return Promise.resolve();
    }
    if (waiting.size >= maxWaiting) return Promise.reject(overloaded());
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const number = ++lastNumber;
    const enter = (): void => {
      signal.removeEventListener('abort', leave);
      resolve();
    };
    const leave = (): void => {
      waiting.delete(number);
      reject(isTooComplex(signal.reason) ? overloaded() : signal.reason);
    };
    waiting.set(number, enter);
    signal.addEventListener('abort', leave, { once: true });
    return promise;
  }

  /** Hands the place to who has waited longest. */
  function leavePlace(): void {
    const [next] = waiting.entries();
    if (next === undefined) {
      running--;
      return;
    }
    const [number, enter] = next;
    waiting.delete(number);
    enter();
  }

  return {
    async run(signal, work) {
      signal.throwIfAborted();
      await takePlace(signal);
      try {
        return await work();
      } finally {
        // In the next turn of the event loop: what ends together must not be followed by as much again in the same one.
        setImmediate(leavePlace);
      }
    },
    get waiting() {
      return waiting.size;
    },
    get running() {
      return running;
    },
  };
}

function overloaded(): GatewayError {
  return shownError('OVERLOADED', 'Too many new operations at once; try again later.');
}

/** Who never had a turn was not too complex. */
function isTooComplex(reason: unknown): boolean {
  return reason instanceof GatewayError && reason.code === 'QUERY_TOO_COMPLEX';
}
