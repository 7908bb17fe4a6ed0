/**
 * The one plan language of this gateway. Every planner's answer is translated to it at the adapter, so that the
 * compiler never learns which planner spoke.
 */
export type PlanNode =
  | FetchNode
  | BatchFetchNode
  | SequenceNode
  | ParallelNode
  | FlattenNode
  | ConditionNode
  | SubscriptionNode;

export interface SequenceNode {
  readonly kind: 'Sequence';
  readonly nodes: readonly PlanNode[];
}

export interface ParallelNode {
  readonly kind: 'Parallel';
  readonly nodes: readonly PlanNode[];
}

/** Runs its node for every object found at the path. */
export interface FlattenNode {
  readonly kind: 'Flatten';
  readonly path: readonly PathSegment[];
  readonly node: PlanNode;
}

/** Runs one branch, by the value of a Boolean variable. */
export interface ConditionNode {
  readonly kind: 'Condition';
  readonly variable: string;
  readonly ifClause: PlanNode | undefined;
  readonly elseClause: PlanNode | undefined;
}

export interface SubscriptionNode {
  readonly kind: 'Subscription';
  readonly primary: FetchNode;
}

export interface FetchNode {
  readonly kind: 'Fetch';
  readonly serviceName: string;
  readonly operationKind: 'query' | 'mutation' | 'subscription';
  readonly operation: string;
  readonly operationName: string | undefined;
  readonly variableUsages: readonly string[];
  /** What an entity fetch sends of each object; undefined for a fetch of root fields. */
  readonly requires: readonly RequiredSelection[] | undefined;
  readonly inputRewrites: readonly Rewrite[];
  readonly outputRewrites: readonly Rewrite[];
}

/** Several `_entities` fields, under aliases, in one request to one subgraph. */
export interface BatchFetchNode {
  readonly kind: 'BatchFetch';
  readonly serviceName: string;
  readonly operation: string;
  readonly operationName: string | undefined;
  readonly variableUsages: readonly string[];
  readonly aliases: readonly BatchAlias[];
}

export interface BatchAlias {
  readonly alias: string;
  readonly representationsVariable: string;
  readonly paths: readonly (readonly PathSegment[])[];
  readonly requires: readonly RequiredSelection[];
  readonly inputRewrites: readonly Rewrite[];
  readonly outputRewrites: readonly Rewrite[];
}

/** A step into the data: a response key, every element of a list, or only objects of these types. */
export type PathSegment =
  | { readonly kind: 'field'; readonly key: string }
  | { readonly kind: 'list' }
  | { readonly kind: 'types'; readonly typeNames: readonly string[] };

export type RequiredSelection =
  | {
      readonly kind: 'field';
      readonly name: string;
      readonly responseKey: string;
      readonly selections: readonly RequiredSelection[] | undefined;
    }
  | {
      readonly kind: 'fragment';
      readonly typeCondition: string | undefined;
      readonly selections: readonly RequiredSelection[];
    };

/** A change of the data on its way to (input) or from (output) a subgraph. The last path segment is always a field. */
export type Rewrite =
  | { readonly kind: 'set'; readonly path: readonly PathSegment[]; readonly value: unknown }
  | { readonly kind: 'rename'; readonly path: readonly PathSegment[]; readonly to: string };
