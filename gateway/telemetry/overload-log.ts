import type { Logger } from 'pino';

/** Told of refusals for want of a place, several at a time: a line at the first, and then one in 10 s at most. */
export type OverloadLog = (count: number) => void;

const everyMs = 10_000;

export function createOverloadLog(
  logger: Logger,
  readPlaces: () => { readonly limit: number; readonly running: number },
  now: () => number = () => performance.now(),
): OverloadLog {
  let refused = 0;
  let toldAtMs = Number.NEGATIVE_INFINITY;
  return (count) => {
    refused += count;
    const atMs = now();
    if (atMs - toldAtMs < everyMs) return;
    const { limit, running } = readPlaces();
    logger.warn({ refused, limit, running }, 'There is more to do than can be done: operations are refused');
    toldAtMs = atMs;
    refused = 0;
  };
}
