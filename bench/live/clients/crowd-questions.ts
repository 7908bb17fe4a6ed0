/** What the bench asks of the clients' process. */
export type CrowdQuestion =
  /** Opens clients until there are so many, at most `atOnce` on their way at a time. Answers when all have their first event, or at the deadline. */
  | {
      readonly ask: 'open';
      readonly port: number;
      readonly count: number;
      readonly atOnce: number;
      readonly deadlineMs: number;
    }
  /** Counts from here on. */
  | { readonly ask: 'begin' }
  | { readonly ask: 'counts' }
  /** Waits until every client has an event, or for the deadline. */
  | { readonly ask: 'catch-up'; readonly sequence: number; readonly deadlineMs: number }
  /** Cuts every socket at once; the clients keep their cursors. */
  | { readonly ask: 'cut' }
  | { readonly ask: 'reopen'; readonly port: number; readonly sequence: number; readonly deadlineMs: number }
  | { readonly ask: 'close' };

export interface CrowdOpened {
  /** Clients that have had their first event. */
  readonly open: number;
  readonly seconds: number;
  readonly firstFailure: string | undefined;
}

/** What the clients saw since `begin`. */
export interface CrowdCounts {
  readonly seconds: number;
  readonly deliveries: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  /** Events that came twice. */
  readonly doubles: number;
  /** Places where an event was missing. */
  readonly holes: number;
  /** Clients that had an event over a second late. */
  readonly late: number;
  /** Clients whose socket was closed without being asked. */
  readonly lost: number;
  readonly open: number;
  /** Of the clients' own process. */
  readonly cpuSeconds: number;
  readonly firstFailure: string | undefined;
}

export interface CaughtUp {
  readonly caughtUp: number;
  readonly seconds: number;
}
