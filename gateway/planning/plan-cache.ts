import { BoundedCache } from '../basics/bounded-cache.ts';
import { type EndSignal, toAbortSignal } from '../basics/cancellation.ts';
import type { ExecutablePlan } from './executable-plan.ts';
import { createSingleFlight } from './single-flight.ts';

/** What a plan depends on. Two requests with equal keys may run the same plan. */
export interface PlanKey {
  /** The document's text, or a hash that the caller trusts like it. */
  readonly documentHash: string;
  readonly operationName: string | undefined;
  readonly supergraphId: string;
  /** Who may see the same fields. */
  readonly audience: string;
  /** OverrideChoice.key. */
  readonly overrides: string;
}

export interface HotOperation {
  readonly key: PlanKey;
  /** What the caller gave with the plan, to plan it again on another supergraph. */
  readonly source: string;
  readonly hits: number;
}

export interface PlanCache {
  /**
   * The cached plan, or the one that `make` gives; callers who want the same plan at the same time share one `make`. Its
   * signal aborts when all of them have left. Without a source it is not kept. Throws OVERLOADED when too many different plans are being made.
   */
  plan(
    key: PlanKey,
    source: string | undefined,
    signal: EndSignal,
    make: (signal: AbortSignal) => Promise<ExecutablePlan>,
  ): Promise<ExecutablePlan>;
  /** Puts a plan in without counting a use: warming. */
  warm(key: PlanKey, source: string, plan: ExecutablePlan): void;
  /** The most used operations, the hottest first. */
  hottest(count: number): HotOperation[];
  /** Drops the plans of every other supergraph. */
  keepOnly(supergraphId: string): void;
  readonly statistics: {
    readonly bytes: number;
    readonly plans: number;
    readonly hits: number;
    readonly misses: number;
  };
}

interface Entry {
  readonly key: PlanKey;
  readonly source: string;
  readonly plan: ExecutablePlan;
  hits: number;
}

const defaultMaxBytes = 30 * 1024 * 1024;
const maxFlights = 1_000;

/** Makes a cache bounded by the estimated bytes of its plans. */
export function createPlanCache(maxBytes = defaultMaxBytes): PlanCache {
  const entries = new BoundedCache<Entry>(maxBytes);
  const flights = createSingleFlight<ExecutablePlan>(maxFlights);
  let [hits, misses] = [0, 0];

  function store(id: string, key: PlanKey, source: string, plan: ExecutablePlan): void {
    const entry = { key, source, plan, hits: entries.get(id)?.hits ?? 0 };
    entries.set(id, entry, plan.bytes + 2 * (source.length + id.length));
  }

  return {
    get statistics() {
      return { bytes: entries.weight, plans: entries.size, hits, misses };
    },
    plan(key, source, signal, make) {
      const id = idOf(key);
      const entry = entries.get(id);
      if (entry !== undefined) {
        hits++;
        entry.hits++;
        return Promise.resolve(entry.plan);
      }
      misses++;
      return flights.run(id, toAbortSignal(signal), async (shared) => {
        const plan = await make(shared);
        if (source !== undefined) store(id, key, source, plan);
        return plan;
      });
    },
    warm: (key, source, plan) => store(idOf(key), key, source, plan),
    hottest(count) {
      const all = Array.from(entries.entries(), ([, { key, source, hits }]) => ({ key, source, hits }));
      return all.sort((a, b) => b.hits - a.hits).slice(0, count);
    },
    keepOnly(supergraphId) {
      for (const [id, { key }] of entries.entries()) if (key.supergraphId !== supergraphId) entries.delete(id);
    },
  };
}

function idOf(key: PlanKey): string {
  return JSON.stringify([key.supergraphId, key.documentHash, key.operationName ?? null, key.audience, key.overrides]);
}
