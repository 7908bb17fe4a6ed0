import { randomUUID } from 'node:crypto';
import { type DocumentNode, isInterfaceType } from 'graphql';
import { GatewayError, hiddenError, invariant } from '../errors.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';
import { noOverrides } from './choose-overrides.ts';
import { compilePlan } from './compile-plan.ts';
import { compileVariables } from './compile-variables.ts';
import { dataKeysFor } from './data-keys.ts';
import type { ExecutablePlan } from './executable-plan.ts';
import { compileIntrospection } from './introspection.ts';
import type { PlanNode } from './plan-node.ts';
import type { OverrideChoice, Planner } from './planner.ts';
import { createShapeVariants } from './shape-variants.ts';
import { splitOperation } from './split-operation.ts';

export interface PlanOperationInput {
  readonly supergraph: Supergraph;
  readonly planner: Planner;
  /** Parsed, and validated against the supergraph's API schema. */
  readonly document: DocumentNode;
  readonly operationName?: string | undefined;
  readonly overrides?: OverrideChoice;
  /** Gives planning up; the promise rejects with the signal's reason. */
  readonly signal: AbortSignal;
}

/**
 * Document → ExecutablePlan: everything about an operation that does not depend on its variables, done once.
 * Throws GatewayError: OPERATION_RESOLUTION_FAILURE, or hidden when the planner fails.
 */
export async function planOperation(input: PlanOperationInput): Promise<ExecutablePlan> {
  const { supergraph, planner, document, signal } = input;
  const dataKeyOf = dataKeysFor(supergraph.supergraphSchema);
  const split = splitOperation(document, input.operationName, supergraph.apiSchema, dataKeyOf);
  const plans = await planAll(
    planner,
    split.planned,
    split.operation.name?.value,
    input.overrides ?? noOverrides,
    signal,
  );
  const compiled = compilePlan(plans, supergraph.supergraphSchema);
  const rootType = supergraph.apiSchema.getRootType(split.operation.operation);
  invariant(rootType, `validation let a ${split.operation.operation} through`);
  const shape = {
    schema: supergraph.apiSchema,
    rootType,
    selections: split.operation.selectionSet.selections,
    dataKeyOf,
  };
  return Object.freeze({
    id: randomUUID(),
    operationKind: split.operation.operation,
    operationName: split.operation.name?.value,
    coerceVariables: compileVariables(supergraph.apiSchema, split.operation),
    root: compiled.root,
    subscription: compiled.subscription,
    interfaceNames: interfaceNames(supergraph),
    shapeFor: createShapeVariants(document, { ...shape, fragments: split.fragments }, compiled.sharedPlaces),
    introspect: compileIntrospection(supergraph.apiSchema, split.introspection),
    subgraphs: compiled.subgraphs,
    bytes: estimateBytes(split.planned, plans),
  });
}

const interfaceNamesOf = new WeakMap<Supergraph, ReadonlySet<string>>();

function interfaceNames(supergraph: Supergraph): ReadonlySet<string> {
  const known = interfaceNamesOf.get(supergraph);
  if (known !== undefined) return known;
  const types = Object.values(supergraph.supergraphSchema.getTypeMap()).filter(isInterfaceType);
  const names = new Set(types.map((type) => type.name));
  interfaceNamesOf.set(supergraph, names);
  return names;
}

async function planAll(
  planner: Planner,
  operations: readonly string[],
  operationName: string | undefined,
  overrides: OverrideChoice,
  signal: AbortSignal,
): Promise<PlanNode[]> {
  const plans: PlanNode[] = [];
  for (const operation of operations) {
    try {
      const plan = await planner.plan({ operation, operationName, overrides, signal });
      if (plan) plans.push(plan);
    } catch (cause) {
      signal.throwIfAborted();
      throw cause instanceof GatewayError ? cause : hiddenError('Planning failed.', { cause });
    }
  }
  return plans;
}

/** Measured on plans of 1–60 fetches: the compiled form holds some 12 times the text of plan and documents. */
function estimateBytes(operations: readonly string[], plans: readonly PlanNode[]): number {
  return 2_000 + 12 * (operations.join('').length + JSON.stringify(plans).length);
}
