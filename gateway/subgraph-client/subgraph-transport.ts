import type { Cancellation } from '../basics/cancellation.ts';
import type { SubgraphRequest, SubgraphResponse } from './subgraph-client.ts';

/** The part of a call that goes over the wire. */
export type TransportRequest = Pick<SubgraphRequest, 'document' | 'variablesText' | 'headers'>;

/** One way to a subgraph, without manners: those (deadline, retry, breaker, sharing) are the same for every way. */
export interface SubgraphTransport {
  /**
   * Rejects with ConnectionFailure when no answer has begun, with GatewayError when a bad one has, and with the reason of the
   * cancellation when that comes.
   */
  send(request: TransportRequest, cancellation: Cancellation): Promise<TransportAnswer>;
  close(): Promise<void>;
}

export interface TransportAnswer {
  /** Belongs to one caller, who changes it. */
  readonly response: SubgraphResponse;
  /** The same as JSON, for further callers; to be taken before the first caller runs. */
  readonly text: () => string;
}

/** The connection failed before anything came back: the subgraph may not have seen the request. */
export class ConnectionFailure extends Error {
  override readonly name = 'ConnectionFailure';
}
