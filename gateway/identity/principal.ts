/** Who is calling, as far as the gateway itself has to know. Made only by verifying a proof, never copied from a header. */
export interface Principal {
  /** Chooses the row of the limits table. */
  readonly caller: CallerClass;
  /**
   * Answers may be shared between principals of one audience and never across: part of the key of every cache
   * and of in-flight sharing. Anonymous callers are one audience.
   */
  readonly audience: string;
  /** What is added to every subgraph request, such as a signed statement of who is calling. Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
}

export const callerClasses = ['anonymous', 'person', 'partner'] as const;
/** The classes of the limits table; everybody who signed in by themselves counts as `person`. */
export type CallerClass = (typeof callerClasses)[number];

export const anonymous: Principal = Object.freeze({ caller: 'anonymous', audience: 'anonymous', headers: {} });

/** Incoming headers, as node gives them: lower-case names. */
export type IncomingHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Turns the proof in a request's headers into a principal. Throws GatewayError UNAUTHENTICATED for a bad proof. */
export type Identify = (headers: IncomingHeaders, signal: AbortSignal) => Promise<Principal> | Principal;
