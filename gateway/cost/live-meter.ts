/** Takes from a budget for as long as a live operation runs: what its events cost, and a least sum for each minute. */
export interface LiveMeter {
  /** Counts what one event costs one client. */
  count(cost: number): void;
}

export interface LiveMeterOptions {
  /** Rejects when the budget is spent. */
  readonly take: (cost: number) => Promise<unknown>;
  /** Called once, with the reason: the operation has to end. */
  readonly onSpent: (reason: unknown) => void;
  readonly now?: (() => number) | undefined;
}

const minuteMs = 60_000;
/** What a minute of a live operation costs at least, taken with its first event after the minute: a heartbeat comes every few seconds. */
export const leastPerMinute = 10;
/** Small sums are gathered: a budget is not asked for each event of ten thousand clients. */
const leastTaken = 50;

export function createLiveMeter({ take, onSpent, now = () => performance.now() }: LiveMeterOptions): LiveMeter {
  let owed = 0;
  let inMinute = 0;
  let minuteBegan = now();
  let isSpent = false;
  const settle = (): void => {
    const cost = Math.floor(owed);
    owed -= cost;
    take(cost).catch((reason: unknown) => {
      if (isSpent) return;
      isSpent = true;
      onSpent(reason);
    });
  };
  return {
    count(cost) {
      if (isSpent) return;
      const at = now();
      if (at - minuteBegan >= minuteMs) {
        owed += Math.max(0, leastPerMinute - inMinute);
        inMinute = 0;
        minuteBegan = at;
      }
      owed += cost;
      inMinute += cost;
      if (owed >= leastTaken) settle();
    },
  };
}
