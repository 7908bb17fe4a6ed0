import type { ReadData } from './answer-reader.ts';
import type { CoerceVariables, VariableValues } from './compile-variables.ts';
import type { FlattenPath } from './flatten-path.ts';
import type { MergeTree } from './merge-tree.ts';
import type { Rewrite } from './plan-node.ts';
import type { RepresentationWriter } from './representation-writer.ts';
import type { ObjectShape } from './response-shape.ts';

/** A document, planned and compiled: immutable, shared by every execution of it. */
export interface ExecutablePlan {
  /** Unique within the process; tells equal plans apart from equal operations when in-flight requests are shared. */
  readonly id: string;
  readonly operationKind: 'query' | 'mutation' | 'subscription';
  readonly operationName: string | undefined;
  readonly coerceVariables: CoerceVariables;
  /** Names of interfaces: an @interfaceObject's `__typename`, which gives way to an object type's. */
  readonly interfaceNames: ReadonlySet<string>;
  /** What the caller may see, as far as this graph's rules ask (AccessGrant's key): empty when they ask nothing. */
  readonly access: string;
  /** Coordinates of the fields that were asked for and may not be seen, sorted. */
  readonly refusals: readonly string[];
  /** Its caller sees a part of the graph only: what subgraphs say of the rest is not passed on. */
  readonly isOfContract: boolean;
  /** The primary of a subscription: run by the live part, never by executePlan. */
  readonly subscription: RootFetch | undefined;
  /**
   * The way for these variables, by the values of the @skip and @include variables. A promise when such values come for the
   * first time: planning needs the planner of the supergraph, and rejects with the signal's reason.
   */
  routeFor(variables: VariableValues, signal: () => AbortSignal): ExecutionRoute | Promise<ExecutionRoute>;
  /** The JSON texts of the root fields `__schema` and `__type`, by response key. */
  introspect(variables: VariableValues): ReadonlyMap<string, string>;
  /** An estimate for the plan cache. */
  readonly bytes: number;
}

/** What is to fetch, and how the answer looks. */
export interface ExecutionRoute {
  /** Undefined when nothing is to fetch. */
  readonly root: ExecutableNode | undefined;
  readonly shape: ObjectShape;
  /** Places where equal entities hold the same object, so that its text can be kept and used again within one response. */
  readonly sharedPlaces: ReadonlySet<string>;
}

export type ExecutableNode =
  | { readonly kind: 'sequence' | 'parallel'; readonly nodes: readonly ExecutableNode[] }
  | {
      readonly kind: 'condition';
      readonly variable: string;
      readonly ifClause: ExecutableNode | undefined;
      readonly elseClause: ExecutableNode | undefined;
    }
  | { readonly kind: 'step'; readonly node: ExecutableNode; readonly stopsWithoutKey: string }
  | RootFetch
  | EntityFetch;

/** One request to one subgraph, ready but for its variables. */
export interface PreparedFetch {
  /** Equal for equal documents to the same subgraph. */
  readonly id: string;
  readonly serviceName: string;
  readonly query: string;
  readonly operationName: string | undefined;
  /** The HTTP body up to the variables: `{"query":"…","variables":`. */
  readonly bodyPrefix: string;
  readonly readData: ReadData;
  readonly kind: 'query' | 'mutation' | 'subscription';
  readonly variables: readonly { readonly name: string; readonly label: string }[];
}

export interface RootFetch {
  readonly kind: 'root-fetch';
  readonly fetch: PreparedFetch;
  readonly merge: MergeTree;
  readonly outputRewrites: readonly Rewrite[];
  /** Where the answer is merged; the root of the data unless the planner says otherwise. */
  readonly path: FlattenPath | undefined;
}

export interface EntityFetch {
  readonly kind: 'entity-fetch';
  readonly fetch: PreparedFetch;
  readonly groups: readonly EntityGroup[];
}

/** The entities under one `_entities` field of a fetch. */
export interface EntityGroup {
  readonly alias: string;
  /** `"representations":` */
  readonly label: string;
  readonly paths: readonly FlattenPath[];
  readonly write: RepresentationWriter;
  readonly merge: MergeTree;
  readonly outputRewrites: readonly Rewrite[];
}
