/** How subgraphs are called; one set for all subgraphs of a gateway. */
export interface SubgraphSettings {
  /** For one call, a retry included. */
  readonly deadlineMs: number;
  /** Connections to one subgraph. */
  readonly maxConnections: number;
  /** Calls to one subgraph that run or wait for a connection; further ones fail at once. */
  readonly maxInFlight: number;
  readonly maxResponseBytes: number;
  /** Failures in a row after which a subgraph is left alone. */
  readonly breakerFailures: number;
  /** How long it is left alone before one call tries again. */
  readonly breakerOpenMs: number;
  /**
   * An idle connection is closed after this: before the 5 s after which Node's HTTP server closes its side, since a request
   * that meets the closing is reset, and a mutation is never sent twice.
   */
  readonly keepAliveMs: number;
  /** Shared with the subgraphs: signs what goes to them over a network. Without it nothing is signed. */
  readonly secret?: string | undefined;
}

export const defaultSubgraphSettings: SubgraphSettings = {
  deadlineMs: 3_000,
  maxConnections: 64,
  maxInFlight: 2_000,
  maxResponseBytes: 16 * 1024 * 1024,
  breakerFailures: 20,
  breakerOpenMs: 1_000,
  keepAliveMs: 3_000,
};

export type CallOutcome = 'ok' | 'unavailable' | 'timeout' | 'invalid' | 'cancelled' | 'refused';

/** What telemetry may hear; none of these may throw. */
export interface SubgraphObserver {
  callEnded?(call: {
    readonly subgraph: string;
    readonly kind: 'query' | 'mutation' | 'subscription';
    readonly outcome: CallOutcome;
    readonly durationMs: number;
    readonly attempts: number;
  }): void;
  /** A call joined an equal one in flight. */
  callShared?(subgraph: string): void;
  breakerChanged?(subgraph: string, phase: BreakerPhase): void;
}

export type BreakerPhase = 'closed' | 'open' | 'half-open';
