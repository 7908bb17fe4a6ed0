import type { ShelfCopy } from './shelf-copy.ts';

/** Where tills ask, and as whom. */
export interface FollowedGraph {
  readonly graphqlUrl: string;
  readonly authorization: string;
}

/** A subscriber under test: it may be cut off, stop reading, and come back. */
export interface Till {
  readonly copy: ShelfCopy;
  /** Its connection breaks. */
  cut(): void;
  /** It reads nothing until `wake`. */
  stall(): void;
  wake(): void;
  /** It goes away, and comes back with its cursor, or without when it lost everything. */
  restart(isLost: boolean): Promise<void>;
  close(): Promise<void>;
}

/** The subscription of a till. The spelling differs, so that there are several live operations at a time. */
export const tillQueries = {
  plain: `subscription Plain($location: ID!, $after: String) {
    stockChanged(location: $location, after: $after) { cursor kind levels {
      version onHand unavailable allocated held incoming safetyStock sellable shortfall variant { sku }
    } }
  }`,
  joined: `subscription Joined($location: ID!, $after: String) {
    stockChanged(location: $location, after: $after) { cursor kind levels {
      version onHand unavailable allocated held incoming safetyStock sellable shortfall variant { sku title }
    } }
  }`,
} as const;

interface SentLevel {
  readonly variant: { readonly sku: string };
}

/** Takes an event out of a response's data. */
export function readShelf(data: Record<string, unknown>) {
  const { levels, ...event } = data.stockChanged as {
    readonly cursor: string;
    readonly kind: 'SNAPSHOT' | 'CHANGES' | 'HEARTBEAT';
    readonly levels: readonly (SentLevel & Parameters<ShelfCopy['apply']>[0]['levels'][number])[];
  };
  return { ...event, items: levels.map(({ variant, ...level }) => ({ ...level, sku: variant.sku })) };
}
