import { setTimeout as delay } from 'node:timers/promises';
import { ask } from '../../e2e/graph-client.ts';
import type { FollowedGraph } from './till.ts';

/** Keeps a copy of what a channel can sell, by pulling. */
export interface PullingPartner {
  readonly copy: ReadonlyMap<string, number>;
  readonly counts: { pages: number; snapshots: number };
  readonly faults: string[];
  /** Reads to the end, then stops. */
  finish(): Promise<void>;
  close(): Promise<void>;
}

const query = `query ($channel: ID!, $after: String) {
  stockChanges(channel: $channel, after: $after) {
    kind isStart cursor hasMore changes { variant { sku } availability(channel: $channel) { availableToSell } }
  }
}`;

interface Page {
  readonly stockChanges: {
    readonly isStart: boolean;
    readonly cursor: string;
    readonly hasMore: boolean;
    readonly changes: readonly {
      readonly variant: { readonly sku: string };
      readonly availability: { readonly availableToSell: number } | null;
    }[];
  };
}

export function startPullingPartner(graph: FollowedGraph, channel: string, pauseMs: number): PullingPartner {
  const copy = new Map<string, number>();
  const counts = { pages: 0, snapshots: 0 };
  const faults: string[] = [];
  const stop = new AbortController();
  let isFinishing = false;

  const run = async (): Promise<void> => {
    let after: string | undefined;
    while (!stop.signal.aborted) {
      const page = await pull(graph, channel, after);
      if (page !== undefined) {
        if (page.isStart) {
          if (after !== undefined) faults.push(`a partner was sent a snapshot though it had ${after}`);
          counts.snapshots++;
          copy.clear();
        }
        counts.pages++;
        for (const { variant, availability } of page.changes) copy.set(variant.sku, availability?.availableToSell ?? 0);
        after = page.cursor;
        if (page.hasMore) continue;
        if (isFinishing) return;
      }
      await delay(pauseMs, undefined, { signal: stop.signal }).catch(() => undefined);
    }
  };
  const running = run();
  return {
    copy,
    counts,
    faults,
    async finish() {
      isFinishing = true;
      await running;
    },
    async close() {
      stop.abort();
      await running;
    },
  };
}

/** A page in which nothing is missing; undefined when something is away: it is asked for again. */
async function pull({ graphqlUrl, authorization }: FollowedGraph, channel: string, after: string | undefined) {
  try {
    const { data, errors } = await ask<Page>(graphqlUrl, query, { channel, after: after ?? null }, { authorization });
    return errors === undefined ? data?.stockChanges : undefined;
  } catch {
    return undefined;
  }
}
