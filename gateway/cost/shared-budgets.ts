import { type Budgets, createBudgetKeys, outOfBudget, type Payer } from './budgets.ts';

/** Where several gateways add up what callers have spent; the gateway itself has no database. */
export interface BudgetStore {
  /** Adds to a caller's minute, which begins with the first that is added, and gives the sum and what is left of the minute. */
  spend(key: string, cost: number): Promise<{ readonly spent: number; readonly leftMs: number }>;
}

export interface SharedBudgetOptions {
  /** The budgets of this process: they go on alone while the store is away, and no gateway gives more than them. */
  readonly local: Budgets;
  readonly store: BudgetStore;
  readonly perMinuteOf: (caller: Payer['principal']['caller']) => number;
  /** Told when the store does not answer, once a minute at the most. */
  readonly onAway: (error: unknown) => void;
  /** A store that takes longer is away. */
  readonly answerWithinMs?: number | undefined;
  readonly now?: (() => number) | undefined;
}

interface Lease {
  /** Taken from the store and not spent yet; below zero while the store is asked. */
  left: number;
  /** The whole budget is spent until then; 0 is not. */
  spentUntil: number;
  isAsking: boolean;
}

/** The part of a budget that a gateway takes from the store at a time. */
const leases = 20;
const maxLeases = 100_000;
const tellEveryMs = 60_000;

/**
 * One budget for several gateways: each takes a twentieth of it at a time, beside the operations, none of which ever waits for the store. All of them
 * together may give a twentieth each too much. A store that is away costs nobody an answer: then each gateway counts by itself.
 */
export function shareBudgets(options: SharedBudgetOptions): Budgets {
  const { local, store, perMinuteOf, onAway, answerWithinMs = 1_000, now = () => performance.now() } = options;
  const keyOf = createBudgetKeys();
  const all = new Map<string, Lease>();
  let toldAt = Number.NEGATIVE_INFINITY;

  const leaseOf = (payer: Payer): Lease & { readonly key: string } => {
    const key = `${payer.principal.caller} ${keyOf(payer)}`;
    const known = all.get(key) ?? { left: 0, spentUntil: 0, isAsking: false };
    // What is forgotten was leased and not spent: a twentieth, at the most.
    if (all.size >= maxLeases) all.clear();
    all.set(key, known);
    return Object.assign(known, { key });
  };
  const ask = async (lease: Lease, key: string, perMinute: number): Promise<void> => {
    const cost = Math.ceil(perMinute / leases) + Math.max(0, -lease.left);
    lease.isAsking = true;
    try {
      const { spent, leftMs } = await within(store.spend(key, cost), answerWithinMs);
      if (spent - cost >= perMinute) lease.spentUntil = now() + leftMs;
    } catch (error) {
      if (now() - toldAt >= tellEveryMs) {
        toldAt = now();
        onAway(error);
      }
    } finally {
      lease.left += cost;
      lease.isAsking = false;
    }
  };

  return {
    async take(payer, cost) {
      const perMinute = perMinuteOf(payer.principal.caller);
      const left = await local.take(payer, cost);
      const lease = leaseOf(payer);
      const waitMs = lease.spentUntil - now();
      if (waitMs > 0) {
        local.correct(payer, cost);
        throw outOfBudget(perMinute, waitMs);
      }
      lease.left -= cost;
      if (lease.left <= 0 && !lease.isAsking) void ask(lease, lease.key, perMinute);
      return left;
    },
    correct(payer, difference) {
      local.correct(payer, difference);
      leaseOf(payer).left += difference;
    },
  };
}

/** A store that hangs is one that is away. */
async function within<Result>(answer: Promise<Result>, answerWithinMs: number): Promise<Result> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error('The store of budgets does not answer.')), answerWithinMs).unref();
  try {
    return await Promise.race([answer, promise]);
  } finally {
    clearTimeout(timer);
  }
}
