/** One event of a live operation, enriched and written once for all its clients. */
export interface LiveEvent {
  /** The position after it; undefined for a subscription that is no feed. */
  readonly cursor: string | undefined;
  readonly kind: string | undefined;
  /** The whole JSON text of the response in UTF-8: one copy, which every client is sent. */
  readonly body: Buffer;
  readonly hasErrors: boolean;
  /** What its data came to; undefined when nobody counts. */
  readonly cost?: number | undefined;
  /** performance.now() when it was ready. */
  readonly at: number;
}

/** An error as a client of a live operation reads it. */
export interface LiveError {
  readonly message: string;
  readonly extensions: Readonly<Record<string, unknown>>;
}

/** Why a live operation ends for one client. */
export type LiveEnd =
  | { readonly kind: 'complete' }
  | { readonly kind: 'error'; readonly errors: readonly LiveError[] }
  /** The client was too slow for what may not be conflated: it comes back with its cursor. */
  | { readonly kind: 'too-slow' }
  /** An event cannot be enriched for now, and nothing of it is left to send: the client comes back with its cursor. */
  | { readonly kind: 'come-back' };

/** The way to one client. Its owner calls LiveMember.flush when there is room again. */
export interface LiveSink {
  /** To be asked before something is made for this client alone. */
  readonly isWritable: boolean;
  /** False when there is no room: then nothing was written. `cost` is this client's share of what the event came to. */
  write(body: Buffer, cursor: string | undefined, cost: number): boolean;
  /** Called once, after which nothing more is written. */
  end(end: LiveEnd): void;
}
