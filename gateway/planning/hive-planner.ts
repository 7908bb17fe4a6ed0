import { createRequire } from 'node:module';
import type * as Hive from '@graphql-hive/router-query-planner';
import { hiddenError } from '../errors.ts';
import { createOverrideChooser } from './choose-overrides.ts';
import type { PathSegment, PlanNode, RequiredSelection, Rewrite } from './plan-node.ts';
import type { Planner } from './planner.ts';

/**
 * The native planner: asynchronous, off the event loop. Returns undefined where this platform has no build of it
 * (Windows, musl), and the caller takes the other planner.
 */
export function createHivePlanner(supergraphSdl: string): Planner | undefined {
  const native = loadNativePlanner();
  if (native === undefined) return undefined;
  const queryPlanner = new native.QueryPlanner(supergraphSdl);
  return {
    kind: 'hive',
    chooseOverrides: createOverrideChooser(queryPlanner.overridePercentages, queryPlanner.overrideLabels),
    async plan({ operation, operationName, overrides, signal }) {
      signal.throwIfAborted();
      try {
        const plan = await queryPlanner.planAsync(
          operation,
          operationName ?? null,
          new Set(overrides.activeLabels),
          overrides.percentage,
          signal,
        );
        return plan.node ? toPlanNode(plan.node) : undefined;
      } catch (cause) {
        signal.throwIfAborted();
        throw hiddenError('The query planner refused the operation.', { cause });
      }
    },
    async close() {},
  };
}

function loadNativePlanner(): typeof Hive | undefined {
  try {
    return createRequire(import.meta.url)('@graphql-hive/router-query-planner');
  } catch {
    return undefined;
  }
}

function toPlanNode(node: Hive.PlanNode): PlanNode {
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
      return { kind: 'Subscription', primary };
    }
    case 'Fetch':
      return {
        kind: 'Fetch',
        serviceName: node.serviceName,
        operationKind: node.operationKind ?? 'query',
        operation: node.operation,
        operationName: node.operationName ?? undefined,
        variableUsages: node.variableUsages ?? [],
        requires: node.requires && node.requires.length > 0 ? node.requires.map(toRequired) : undefined,
        inputRewrites: (node.inputRewrites ?? []).map(toRewrite),
        outputRewrites: (node.outputRewrites ?? []).map(toRewrite),
      };
    case 'BatchFetch':
      return {
        kind: 'BatchFetch',
        serviceName: node.serviceName,
        operation: node.operation,
        operationName: node.operationName ?? undefined,
        variableUsages: node.variableUsages ?? [],
        aliases: node.entityBatch.aliases.map((alias) => ({
          alias: alias.alias,
          representationsVariable: alias.representationsVariableName,
          paths: alias.paths.map((path) => path.map(toPathSegment)),
          requires: alias.requires.map(toRequired),
          inputRewrites: (alias.inputRewrites ?? []).map(toRewrite),
          outputRewrites: (alias.outputRewrites ?? []).map(toRewrite),
        })),
      };
    case 'Defer':
      throw new TypeError('Deferred plans are not asked for.');
    default:
      return node satisfies never;
  }
}

function toPathSegment(segment: Hive.FlattenNodePathSegment): PathSegment {
  if (segment === '@') return { kind: 'list' };
  if ('Field' in segment) return { kind: 'field', key: segment.Field };
  return { kind: 'types', typeNames: segment.TypeCondition };
}

function toRequired(selection: Hive.RequiresSelection): RequiredSelection {
  switch (selection.kind) {
    case 'Field':
      return {
        kind: 'field',
        name: selection.name,
        responseKey: selection.alias ?? selection.name,
        selections: selection.selections?.length ? selection.selections.map(toRequired) : undefined,
      };
    case 'InlineFragment':
      return {
        kind: 'fragment',
        typeCondition: selection.typeCondition,
        selections: selection.selections.map(toRequired),
      };
    case 'FragmentSpread':
      throw new TypeError('Required selections have no named fragments.');
    default:
      return selection satisfies never;
  }
}

function toRewrite(rewrite: Hive.FetchRewrite): Rewrite {
  if ('KeyRenamer' in rewrite) {
    return { kind: 'rename', path: rewrite.KeyRenamer.path.map(toRewriteSegment), to: rewrite.KeyRenamer.renameKeyTo };
  }
  const setter = 'ValueSetter' in rewrite ? rewrite.ValueSetter : rewrite;
  return { kind: 'set', path: setter.path.map(toRewriteSegment), value: setter.setValueTo };
}

function toRewriteSegment(segment: Hive.FetchNodePathSegment): PathSegment {
  if ('Key' in segment) return { kind: 'field', key: segment.Key };
  return { kind: 'types', typeNames: segment.TypenameEquals };
}
