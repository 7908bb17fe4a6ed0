/** One HTTP POST: where to and what. */
export interface PlainRequest {
  readonly path: string;
  readonly body: string;
}

/**
 * Where requests come from. `fixed`: these, one after the other, over and over, all together counting as one operation.
 * `pages`: the list query with another offset each time. `strangers`: another document each time,
 * or `different` ones over and over.
 */
export type SourceSpec =
  | { readonly kind: 'fixed'; readonly requests: readonly PlainRequest[] }
  | { readonly kind: 'pages'; readonly path: string; readonly first: number }
  | { readonly kind: 'strangers'; readonly path: string; readonly first: number; readonly different?: number };

/** One stream of operations on connections of its own. */
export interface StreamSpec {
  readonly source: SourceSpec;
  readonly connections: number;
  /** Operations a second that become due; without it each connection asks again as soon as it has its answer. */
  readonly perSecond?: number;
  /** What every answer's length must be; without it only that it has data and no errors. */
  readonly answerBytes?: number;
}

/** A window of load against one port of the loopback. */
export interface LoadSpec {
  readonly port: number;
  readonly streams: readonly StreamSpec[];
  readonly warmUpSeconds: number;
  readonly seconds: number;
  /** Processes whose CPU time is taken over the window. */
  readonly pids: readonly number[];
  /** Processes that are stopped meanwhile: a gateway whose turn is over collects its garbage some seconds later, in another's window. */
  readonly stopped: readonly number[];
}

export interface StreamResult {
  /** Ended within the window. */
  readonly operations: number;
  /** Ended since the stream began, the warm-up included. */
  readonly allOperations: number;
  readonly failures: number;
  readonly firstFailure: string | undefined;
  /** From becoming due to the last byte of the answer, waiting for a free connection included. */
  readonly p50Ms: number;
  readonly p99Ms: number;
}

export interface LoadResult {
  readonly seconds: number;
  readonly streams: readonly StreamResult[];
  readonly cpuSeconds: readonly number[];
  /** What the load generator itself used. */
  readonly generatorCpuSeconds: number;
}
