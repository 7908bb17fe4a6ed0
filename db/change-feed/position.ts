/** How far somebody has read: everything up to and including `number`, in one life of the feed. */
export interface Position {
  readonly epoch: number;
  readonly number: number;
}

/** One committed change, as readers get it. */
export interface Change {
  readonly number: number;
  readonly topic: string;
  readonly scope: string;
  readonly key: string;
  readonly version: number;
  readonly payload: unknown;
  readonly recordedAt: Date;
}

/** Which changes somebody wants: one topic, and one or several scopes of it. */
export interface Interest {
  readonly topic: string;
  readonly scopes: readonly string[];
}

/**
 * Why a reader must take a fresh snapshot instead of going on:
 * `restored` the position is from before a restore, or from another database; `pruned` what comes next was removed by retention.
 */
export type RestartReason = 'restored' | 'pruned';
