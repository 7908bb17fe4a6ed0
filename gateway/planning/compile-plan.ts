import { hash } from 'node:crypto';
import { type DocumentNode, type GraphQLSchema, parse } from 'graphql';
import { createAnswerReader } from './answer-reader.ts';
import { keyFieldsIn } from './entity-keys.ts';
import type { EntityFetch, EntityGroup, ExecutableNode, PreparedFetch, RootFetch } from './executable-plan.ts';
import { compileFlattenPath, runtimeTypeNames } from './flatten-path.ts';
import { compileMergeTree } from './merge-tree.ts';
import type { BatchAlias, BatchFetchNode, FetchNode, PathSegment, PlanNode, Rewrite } from './plan-node.ts';
import { compileRepresentationWriter } from './representation-writer.ts';
import { findSharedPlaces, placeOf } from './shared-places.ts';

export interface CompiledPlan {
  readonly root: ExecutableNode | undefined;
  readonly subscription: RootFetch | undefined;
  readonly sharedPlaces: ReadonlySet<string>;
  readonly subgraphs: ReadonlySet<string>;
}

interface Compiling {
  readonly schema: GraphQLSchema;
  readonly parseFetch: (operation: string) => DocumentNode;
  readonly sharedPlaces: ReadonlySet<string>;
  readonly subgraphs: Set<string>;
  subscription: RootFetch | undefined;
}

/** One plan of an operation; a mutation has one for each of its fields. */
export interface PlannedStep {
  readonly plan: PlanNode;
  /** See PlannableText. */
  readonly stopsWithoutKey: string | undefined;
}

/** Compiles plans, run one after the other, to nodes that need no look at a document or a schema when they run. */
export function compilePlan(steps: readonly PlannedStep[], schema: GraphQLSchema): CompiledPlan {
  const parseFetch = createFetchParser();
  const plans = steps.map(({ plan }) => plan);
  const sharedPlaces = findSharedPlaces(plans, parseFetch);
  const compiling: Compiling = { schema, parseFetch, sharedPlaces, subgraphs: new Set(), subscription: undefined };
  const nodes = steps.flatMap(({ plan, stopsWithoutKey }) => {
    const node = compileNode(plan, [], compiling);
    return node && stopsWithoutKey !== undefined ? { kind: 'step' as const, node, stopsWithoutKey } : (node ?? []);
  });
  return {
    root: join('sequence', nodes),
    subscription: compiling.subscription,
    sharedPlaces,
    subgraphs: compiling.subgraphs,
  };
}

/** Each fetch is looked at two or three times, and parsed once. */
function createFetchParser(): (operation: string) => DocumentNode {
  const parsed = new Map<string, DocumentNode>();
  return (operation) => {
    const document = parsed.get(operation) ?? parse(operation, { noLocation: true });
    parsed.set(operation, document);
    return document;
  };
}

function compileNode(node: PlanNode, base: readonly PathSegment[], compiling: Compiling): ExecutableNode | undefined {
  switch (node.kind) {
    case 'Sequence':
    case 'Parallel':
      return join(
        node.kind === 'Sequence' ? 'sequence' : 'parallel',
        node.nodes.flatMap((child) => compileNode(child, base, compiling) ?? []),
      );
    case 'Flatten':
      return compileNode(node.node, [...base, ...node.path], compiling);
    case 'Condition':
      return {
        kind: 'condition',
        variable: node.variable,
        ifClause: node.ifClause && compileNode(node.ifClause, base, compiling),
        elseClause: node.elseClause && compileNode(node.elseClause, base, compiling),
      };
    case 'Subscription':
      compiling.subscription = compileRootFetch(node.primary, base, compiling);
      return undefined;
    case 'Fetch':
      return node.requires ? compileEntityFetch(node, base, compiling) : compileRootFetch(node, base, compiling);
    case 'BatchFetch':
      return compileBatchFetch(node, base, compiling);
    default:
      return node satisfies never;
  }
}

function join(kind: 'sequence' | 'parallel', nodes: readonly ExecutableNode[]): ExecutableNode | undefined {
  return nodes.length > 1 ? { kind, nodes } : nodes[0];
}

function compileRootFetch(node: FetchNode, base: readonly PathSegment[], compiling: Compiling): RootFetch {
  const document = compiling.parseFetch(node.operation);
  const outputRewrites = node.outputRewrites.map((rewrite) => compileRewrite(rewrite, undefined, compiling.schema));
  return {
    kind: 'root-fetch',
    fetch: prepareFetch(node, node.operationKind, [], compiling),
    merge: compileMergeTree({ document, under: undefined, outputRewrites, isShareable: () => false }),
    outputRewrites,
    path: base.length > 0 ? compileFlattenPath(base, compiling.schema, compiling.sharedPlaces) : undefined,
  };
}

function compileEntityFetch(node: FetchNode, base: readonly PathSegment[], compiling: Compiling): EntityFetch {
  const entities = { alias: '_entities', representationsVariable: 'representations', requires: node.requires ?? [] };
  const group = compileGroup({ ...node, ...entities, paths: [base] }, node, compiling);
  return { kind: 'entity-fetch', fetch: prepareFetch(node, 'query', ['representations'], compiling), groups: [group] };
}

function compileBatchFetch(node: BatchFetchNode, base: readonly PathSegment[], compiling: Compiling): EntityFetch {
  const groups = node.aliases.map((alias) =>
    compileGroup({ ...alias, paths: alias.paths.map((path) => [...base, ...path]) }, node, compiling),
  );
  const variables = node.aliases.map((alias) => alias.representationsVariable);
  return { kind: 'entity-fetch', fetch: prepareFetch(node, 'query', variables, compiling), groups };
}

function compileGroup(
  source: BatchAlias,
  { operation, serviceName }: Pick<FetchNode, 'operation' | 'serviceName'>,
  compiling: Compiling,
): EntityGroup {
  const { schema, sharedPlaces, parseFetch } = compiling;
  const outputRewrites = source.outputRewrites.map((rewrite) => compileRewrite(rewrite, source.alias, schema));
  const document = parseFetch(operation);
  const places = source.paths.map(placeOf);
  const isShareable = (key: string) =>
    places.every((place) => sharedPlaces.has(place === '' ? key : `${place}.${key}`));
  return {
    alias: source.alias,
    label: `${JSON.stringify(source.representationsVariable)}:`,
    paths: source.paths.map((path) => compileFlattenPath(path, schema, sharedPlaces)),
    write: compileRepresentationWriter(source.requires, source.inputRewrites, schema, keyFieldsIn(schema, serviceName)),
    merge: compileMergeTree({ document, under: source.alias, outputRewrites, isShareable }),
    outputRewrites,
  };
}

/** Resolves type conditions to runtime types. Some planners write the path from the answer's root, some from the entity. */
function compileRewrite(rewrite: Rewrite, alias: string | undefined, schema: GraphQLSchema): Rewrite {
  const [first, ...rest] = rewrite.path;
  const isFromRoot = alias !== undefined && first?.kind === 'field' && first.key === alias;
  const path = (isFromRoot ? rest : rewrite.path).flatMap((segment): PathSegment[] => {
    if (segment.kind === 'list') return [];
    if (segment.kind === 'field') return [segment];
    return [{ kind: 'types', typeNames: [...runtimeTypeNames(schema, segment.typeNames)] }];
  });
  return { ...rewrite, path };
}

function prepareFetch(
  node: Pick<FetchNode, 'serviceName' | 'operation' | 'operationName' | 'variableUsages'>,
  kind: PreparedFetch['kind'],
  ownVariables: readonly string[],
  compiling: Compiling,
): PreparedFetch {
  compiling.subgraphs.add(node.serviceName);
  const name = node.operationName === undefined ? '' : `"operationName":${JSON.stringify(node.operationName)},`;
  return {
    id: hash('sha256', `${node.serviceName}\n${node.operation}`, 'base64url').slice(0, 22),
    serviceName: node.serviceName,
    query: node.operation,
    operationName: node.operationName,
    bodyPrefix: `{"query":${JSON.stringify(node.operation)},${name}"variables":`,
    readData: createAnswerReader(node.operation),
    kind,
    variables: node.variableUsages
      .filter((variable) => !ownVariables.includes(variable))
      .map((variable) => ({ name: variable, label: `${JSON.stringify(variable)}:` })),
  };
}
