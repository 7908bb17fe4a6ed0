import { createRequire } from 'node:module';
import type * as Hive from '@graphql-hive/router-query-planner';
import { type GraphQLSchema, isInterfaceType, isObjectType } from 'graphql';
import { hiddenError } from '../errors.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';
import { createOverrideChooser } from './choose-overrides.ts';
import { createInterfaceObjectCheck } from './interface-objects.ts';
import { readOverrideLabels } from './override-labels.ts';
import type { PathSegment, PlanNode, RequiredSelection, Rewrite } from './plan-node.ts';
import type { OnPlannerDeath, Planner } from './planner.ts';
import { createPlannerProcess } from './planner-process.ts';

/** What its process is asked; the answer is the plan's JSON. */
export interface HiveQuestion {
  readonly operation: string;
  readonly operationName: string | undefined;
  readonly activeLabels: readonly string[];
  readonly percentage: number;
}

/** It has threads of its own; more at a time would take the cores from what is known. */
const plannedAtOnce = 2;

/**
 * The native planner, in a process of its own: it panics over a field that has other arguments on another type (0.0.38: "Unexpected conflict"), which ends whatever process
 * it is in. Refuses what asks something of only some types behind an @interfaceObject: it asks it of all of them, so that a `lent: Int!` that fails for a book
 * nobody asked it of takes the book's other fields with it, and it takes two fetches more than Apollo's does.
 * Returns undefined where this platform has no build of it (Windows, musl), and the caller takes the other planner.
 */
export function createHivePlanner(supergraph: Supergraph, onDeath?: OnPlannerDeath): Planner | undefined {
  if (!hasBuild()) return undefined;
  const labels = readOverrideLabels(supergraph.sdl);
  const asksTypesOfInterfaceObjects = createInterfaceObjectCheck(supergraph);
  const native = createPlannerProcess<HiveQuestion, string>({
    entry: new URL('./hive-planner-process.ts', import.meta.url),
    sdl: supergraph.sdl,
    onDeath: (how) => onDeath?.('hive', how),
    atOnce: plannedAtOnce,
  });
  return {
    kind: 'hive',
    chooseOverrides: createOverrideChooser(labels.percentages, labels.custom),
    async plan({ operation, operationName, overrides, signal }) {
      const { activeLabels, percentage } = overrides;
      if (asksTypesOfInterfaceObjects(operation))
        throw hiddenError('The native query planner is not asked about some types behind an @interfaceObject.');
      try {
        const text = await native.ask(
          { operation, operationName, activeLabels: [...activeLabels], percentage },
          signal,
        );
        const plan = JSON.parse(text) as Hive.QueryPlan;
        return plan.node ? toPlanNode(plan.node, supergraph.supergraphSchema) : undefined;
      } catch (cause) {
        signal.throwIfAborted();
        throw hiddenError('The query planner refused the operation.', { cause });
      }
    },
    warmUp: () => native.warmUp(),
    close: () => native.close(),
  };
}

function hasBuild(): boolean {
  try {
    createRequire(import.meta.url)('@graphql-hive/router-query-planner');
    return true;
  } catch {
    return false;
  }
}

function toPlanNode(node: Hive.PlanNode, schema: GraphQLSchema): PlanNode {
  switch (node.kind) {
    case 'Sequence':
      return { kind: 'Sequence', nodes: node.nodes.map((child) => toPlanNode(child, schema)) };
    case 'Parallel':
      return { kind: 'Parallel', nodes: node.nodes.map((child) => toPlanNode(child, schema)) };
    case 'Flatten':
      return { kind: 'Flatten', path: node.path.map(toPathSegment), node: toPlanNode(node.node, schema) };
    case 'Condition':
      return {
        kind: 'Condition',
        variable: node.condition,
        ifClause: node.ifClause ? toPlanNode(node.ifClause, schema) : undefined,
        elseClause: node.elseClause ? toPlanNode(node.elseClause, schema) : undefined,
      };
    case 'Subscription': {
      const primary = toPlanNode(node.primary, schema);
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
        requires:
          node.requires && node.requires.length > 0
            ? toAllRequired(node.requires, node.inputRewrites, schema)
            : undefined,
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
          requires: toAllRequired(alias.requires, alias.inputRewrites, schema),
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

/**
 * For an @interfaceObject the planner (0.0.38) names only the types of the client's fragments, and forgets the others when the
 * fields of `works { rating ... on Film { rating } }` come from one fetch. The interface stands for all of them.
 */
function toAllRequired(
  selections: Hive.RequiresSelection[],
  rewrites: Hive.InputRewrite[] | undefined,
  schema: GraphQLSchema,
): RequiredSelection[] {
  const required = selections.map(toRequired);
  const interfaceName = (rewrites ?? []).map(toRewrite).find(isInterfaceRewrite)?.value;
  if (typeof interfaceName !== 'string') return required;
  const members = required.filter(
    (each) => each.kind === 'fragment' && isMember(schema, each.typeCondition, interfaceName),
  );
  const [first] = members;
  if (first?.kind !== 'fragment') return required;
  const isOneRequirement = members.every(
    ({ selections }) => JSON.stringify(selections) === JSON.stringify(first.selections),
  );
  if (!isOneRequirement) return required;
  return [{ ...first, typeCondition: interfaceName }, ...required.filter((each) => !members.includes(each))];
}

function isMember(schema: GraphQLSchema, typeName: string | undefined, interfaceName: string): boolean {
  const type = typeName === undefined ? undefined : schema.getType(typeName);
  const abstract = schema.getType(interfaceName);
  return isObjectType(type) && isInterfaceType(abstract) && schema.isSubType(abstract, type);
}

function isInterfaceRewrite(rewrite: Rewrite): rewrite is Rewrite & { readonly kind: 'set' } {
  const [condition, field] = rewrite.path;
  if (rewrite.kind !== 'set' || condition?.kind !== 'types' || field?.kind !== 'field') return false;
  return field.key === '__typename' && condition.typeNames.includes(String(rewrite.value));
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
