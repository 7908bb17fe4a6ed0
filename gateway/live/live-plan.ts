import type { ExecutionContext } from '../execution/execution.ts';
import type { ExecutablePlan } from '../planning/executable-plan.ts';
import type { SubgraphClients } from '../subgraph-client/subgraph-client.ts';
import type { LiveEnd } from './live-event.ts';
import type { PrimaryFetch } from './primary-fetch.ts';

/** A subscription planned on one supergraph, with what runs it. Release it when another has taken its place. */
export interface LivePlan {
  readonly plan: ExecutablePlan;
  readonly primary: PrimaryFetch;
  readonly clients: SubgraphClients;
  /** Counts what an event comes to; undefined when nobody wants to know. */
  readonly countCost?: ExecutionContext['countCost'];
  /** Whether its supergraph is the one in service. */
  isCurrent(): boolean;
  release(): void;
}

/** The trace of one event's enrichment. */
export interface EventTrace {
  readonly headers: Readonly<Record<string, string>>;
  end(failure?: string): void;
}

/** What the live part reports; none of these may throw. */
export interface LiveObserver {
  upstreamOpened?(): void;
  upstreamClosed?(): void;
  upstreamBroke?(reason: unknown): void;
  enriched?(): void;
  /** A try to enrich an event has failed for a reason that passes, and is made again. */
  enrichmentFailed?(): void;
  /** An event went out with nulls after the longest time. */
  incomplete?(): void;
  /** Clients were sent away for a while, because an event could not be enriched at all. */
  sentBack?(clients: number): void;
  delivered?(count: number): void;
  conflated?(events: number): void;
  tooSlow?(): void;
  /** A client was attached to what is there (its start came from memory), or needed an upstream of its own. */
  attached?(fromMemory: boolean, hasCursor: boolean): void;
  /** A client's operation began, and ended: by itself, with errors, or because the client left. */
  clientOpened?(requestId: string): void;
  clientClosed?(requestId: string, reason: LiveEnd['kind'] | 'left'): void;
  /** An event is about to be enriched: what the subgraphs are sent with it, and what is told when it is done. Undefined without traces. */
  readonly traceEvent?: ((requestId: string) => EventTrace) | undefined;
  failed?(failure: unknown): void;
}

export interface LiveSettings {
  /** Recent events of one stream. */
  readonly ringBytes: number;
  /** Recent events of all streams together. */
  readonly totalRingBytes: number;
  readonly ringAgeMs: number;
  /** How long a feed goes on without clients, for those that were cut off and come back. */
  readonly lingerMs: number;
  readonly maxUpstreams: number;
  /** For one try to enrich an event. */
  readonly enrichDeadlineMs: number;
  /** How long events wait for subgraphs that are away, from the first failure on. */
  readonly enrichPatienceMs: number;
  /** A feed that has not brought its first event by then ends with an error. */
  readonly firstEventMs: number;
  readonly sharing: boolean;
}
