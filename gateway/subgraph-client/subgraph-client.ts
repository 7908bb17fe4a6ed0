import type { EndSignal } from '../basics/cancellation.ts';

/** A document for a subgraph, made ready once and sent many times. */
export interface SubgraphDocument {
  /** Equal for equal documents to the same subgraph. */
  readonly id: string;
  readonly query: string;
  readonly operationName: string | undefined;
  /** The JSON body up to the variables' text; after them comes one `}`. */
  readonly bodyPrefix: string;
  /** Reads `data` from an answer's text; undefined for an answer that JSON.parse must read, as all are without it. */
  readonly readData?: (text: string) => Record<string, unknown> | undefined;
  readonly kind: 'query' | 'mutation' | 'subscription';
}

export interface SubgraphRequest {
  readonly document: SubgraphDocument;
  /** A JSON object; equal texts are equal variables. */
  readonly variablesText: string;
  /** Passed on: traceparent, request id, the signed identity. They may differ within an audience. */
  readonly headers: Readonly<Record<string, string>>;
  /** The client left, or the operation's deadline has passed. */
  readonly signal: EndSignal;
  /** Who may see the same: an equal query of the same audience in flight is shared. */
  readonly audience: string;
  readonly sharing: boolean;
}

/** A subscription as a subgraph is sent it. */
export interface SubgraphSubscription {
  readonly query: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** What a subgraph said, read as JSON and checked to be an object; nothing below that is trusted. */
export interface SubgraphResponse {
  readonly data: unknown;
  readonly errors: unknown;
}

/** One subgraph, by whatever way it is reached. */
export interface SubgraphClient {
  /**
   * Throws GatewayError UPSTREAM_UNAVAILABLE (no connection, 5xx, breaker open), UPSTREAM_TIMEOUT or
   * UPSTREAM_INVALID_RESPONSE; rejects with the signal's reason when that aborts. The response belongs to the caller alone.
   */
  execute(request: SubgraphRequest): Promise<SubgraphResponse>;
  /**
   * The results of a subscription, until the subgraph ends it or the signal aborts. Throws UPSTREAM_UNAVAILABLE when the way to
   * the subgraph breaks; a refusal comes as a result without data.
   */
  subscribe(request: SubgraphSubscription): AsyncIterable<SubgraphResponse>;
  close(): Promise<void>;
}

/** All subgraphs of one supergraph. */
export interface SubgraphClients {
  /** Undefined for a name that the supergraph does not have. */
  get(name: string): SubgraphClient | undefined;
  /** Ends what is in flight and closes every connection; closing twice is safe. */
  close(): Promise<void>;
}

/** A subgraph in the same process: takes what an HTTP subgraph would find in the body and the headers. */
export type InProcessSubgraph = (request: {
  readonly query: string;
  readonly operationName?: string;
  readonly variables: Record<string, unknown>;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}) => Promise<{
  readonly data?: Record<string, unknown> | null | undefined;
  readonly errors?: readonly unknown[] | undefined;
  readonly extensions?: Record<string, unknown> | undefined;
}>;

/** The subscriptions of such a subgraph. Results may be changed by whoever gets them. */
export type InProcessSubscription = (request: Parameters<InProcessSubgraph>[0]) => AsyncIterable<{
  readonly data?: Record<string, unknown> | null | undefined;
  readonly errors?: readonly unknown[] | undefined;
}>;

export type SubgraphTarget =
  | { readonly kind: 'http'; readonly url: string }
  | {
      readonly kind: 'in-process';
      readonly execute: InProcessSubgraph;
      /** Without it the subgraph carries no subscriptions. */
      readonly subscribe?: InProcessSubscription;
    };
