import type * as Apollo from '@apollo/query-planner';
import { hiddenError } from '../errors.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';
import { createOverrideChooser } from './choose-overrides.ts';
import { type OverrideLabels, readOverrideLabels } from './override-labels.ts';
import type { PathSegment, PlanNode, RequiredSelection, Rewrite } from './plan-node.ts';
import type { OnPlannerDeath, OverrideChoice, Planner } from './planner.ts';
import { createPlannerProcess } from './planner-process.ts';

/** What its process is asked. */
export interface ApolloQuestion {
  readonly operation: string;
  readonly operationName: string | undefined;
  readonly overrideConditions: ReadonlyMap<string, boolean>;
}

/** Apollo's planner, in a process of its own: it plans synchronously, 10–15 ms for a deep query, seconds for a hostile one. */
export function createApolloPlanner(supergraph: Supergraph, onDeath?: OnPlannerDeath): Planner {
  const labels = readOverrideLabels(supergraph.sdl);
  const planner = createPlannerProcess<ApolloQuestion, Apollo.QueryPlan>({
    entry: new URL('./apollo-planner-process.ts', import.meta.url),
    sdl: supergraph.sdl,
    onDeath: (how) => onDeath?.('apollo', how),
    atOnce: 1,
  });
  return {
    kind: 'apollo',
    chooseOverrides: createOverrideChooser(labels.percentages, labels.custom),
    async plan({ operation, operationName, overrides, signal }) {
      const conditions = overrideConditions(labels, overrides);
      try {
        const plan = await planner.ask({ operation, operationName, overrideConditions: conditions }, signal);
        return plan.node ? toPlanNode(plan.node) : undefined;
      } catch (cause) {
        signal.throwIfAborted();
        throw hiddenError('The query planner refused the operation.', { cause });
      }
    },
    close: () => planner.close(),
  };
}

function overrideConditions(labels: OverrideLabels, choice: OverrideChoice): ReadonlyMap<string, boolean> {
  const conditions = new Map<string, boolean>();
  for (const label of labels.custom) conditions.set(label, choice.activeLabels.has(label));
  for (const percentage of labels.percentages) conditions.set(`percent(${percentage})`, choice.percentage < percentage);
  return conditions;
}

function toPlanNode(node: Apollo.PlanNode | Apollo.SubscriptionNode): PlanNode {
  switch (node.kind) {
    case 'Sequence':
      return { kind: 'Sequence', nodes: node.nodes.map(toPlanNode) };
    case 'Parallel':
      return { kind: 'Parallel', nodes: node.nodes.map(toPlanNode) };
    case 'Flatten':
      return { kind: 'Flatten', path: node.path.map(toPathSegment), node: toPlanNode(node.node) };
    case 'Condition':
      return {
        kind: 'Condition',
        variable: node.condition,
        ifClause: node.ifClause ? toPlanNode(node.ifClause) : undefined,
        elseClause: node.elseClause ? toPlanNode(node.elseClause) : undefined,
      };
    case 'Subscription': {
      const primary = toPlanNode(node.primary);
      if (primary.kind !== 'Fetch') throw new TypeError('A subscription begins with a fetch.');
      const subscription: PlanNode = { kind: 'Subscription', primary };
      return node.rest ? { kind: 'Sequence', nodes: [subscription, toPlanNode(node.rest)] } : subscription;
    }
    case 'Fetch':
      return {
        kind: 'Fetch',
        serviceName: node.serviceName,
        operationKind: node.operationKind,
        operation: node.operation,
        operationName: node.operationName,
        variableUsages: node.variableUsages ?? [],
        requires: node.requires ? node.requires.map(toRequired) : undefined,
        inputRewrites: (node.inputRewrites ?? []).map(toRewrite),
        outputRewrites: (node.outputRewrites ?? []).map(toRewrite),
      };
    case 'Defer':
      throw new TypeError('Deferred plans are not asked for.');
    default:
      return node satisfies never;
  }
}

function toPathSegment(segment: string | number): PathSegment {
  return segment === '@' ? { kind: 'list' } : { kind: 'field', key: String(segment) };
}

function toRequired(selection: Apollo.QueryPlanSelectionNode): RequiredSelection {
  if (selection.kind === 'InlineFragment') {
    return {
      kind: 'fragment',
      typeCondition: selection.typeCondition,
      selections: selection.selections.map(toRequired),
    };
  }
  return {
    kind: 'field',
    name: selection.name,
    responseKey: selection.alias ?? selection.name,
    selections: selection.selections?.map(toRequired),
  };
}

function toRewrite(rewrite: Apollo.FetchDataRewrite): Rewrite {
  const path = rewrite.path.map(toRewriteSegment);
  return rewrite.kind === 'KeyRenamer'
    ? { kind: 'rename', path, to: rewrite.renameKeyTo }
    : { kind: 'set', path, value: rewrite.setValueTo };
}

function toRewriteSegment(segment: string): PathSegment {
  const typeCondition = '... on ';
  return segment.startsWith(typeCondition)
    ? { kind: 'types', typeNames: [segment.slice(typeCondition.length)] }
    : { kind: 'field', key: segment };
}
