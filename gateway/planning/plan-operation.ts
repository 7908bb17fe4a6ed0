import { randomUUID } from 'node:crypto';
import { type DocumentNode, type GraphQLSchema, isInterfaceType, print } from 'graphql';
import { invariant } from '../errors.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';
import { noOverrides } from './choose-overrides.ts';
import { type CompiledPlan, compilePlan, type PlannedStep } from './compile-plan.ts';
import { compileVariables } from './compile-variables.ts';
import { dataKeysFor } from './data-keys.ts';
import type { ExecutablePlan, ExecutionRoute } from './executable-plan.ts';
import { compileIntrospection } from './introspection.ts';
import { accessOf, type OperationAccess } from './operation-access.ts';
import type { PlannedPart } from './plan-parts.ts';
import { conditionVariables, createPlanRoutes } from './plan-routes.ts';
import type { OverrideChoice, Planner } from './planner.ts';
import { compileResponseShape, type ValueShape } from './response-shape.ts';
import { type ChosenOperation, plannableTexts, takeOperation } from './split-operation.ts';

export interface PlanOperationInput {
  /** As its caller sees it: of a contract, its view. */
  readonly supergraph: Supergraph;
  /** Must stay open as long as the plan is used: new values of @skip and @include variables are planned when they come. */
  readonly planner: Planner;
  /** Parsed, and validated against the supergraph's API schema. */
  readonly document: DocumentNode;
  readonly operationName?: string | undefined;
  readonly overrides?: OverrideChoice;
  /** What the caller may see (accessKeyFor); empty or missing: what a caller without any right may see. */
  readonly access?: string;
  /** An operation that asks for anything else is refused as a whole. */
  readonly isAllOrNothing?: boolean;
  /** What `planParts` gave for this operation, these rights and overrides; it has no conditions then. */
  readonly ahead?: readonly PlannedPart[] | undefined;
  /** Gives planning up; the promise rejects with the signal's reason. */
  readonly signal: AbortSignal;
}

/**
 * Document → ExecutablePlan: everything about an operation that does not depend on its variables, done once.
 * Throws GatewayError: OPERATION_RESOLUTION_FAILURE, FORBIDDEN or UNAUTHENTICATED, or hidden when the planner fails.
 */
export async function planOperation(input: PlanOperationInput): Promise<ExecutablePlan> {
  const { supergraph, signal } = input;
  const chosen = takeOperation(input.document, input.operationName);
  const { operation } = chosen;
  const access = accessOf(chosen, input);
  const { planned } = access;
  let printed: string | undefined;
  const text = (): string => {
    printed ??= print(planned.document);
    return printed;
  };
  // A subscription's primary must not depend on values: there the conditions stay in the plan.
  const whole =
    operation.operation === 'subscription' ? await planAndCompile(planned, text, input, undefined, signal) : undefined;
  const conditions = input.ahead === undefined ? conditionVariables(chosen.document) : [];
  const routes = createPlanRoutes(conditions, async (condition, trueConditions, within) => {
    const compiled = whole ?? (await planAndCompile(planned, text, input, trueConditions, within));
    return toRoute(compiled, chosen, supergraph, condition, access);
  });
  if (conditions.length === 0) await routes.routeFor(new Map(), () => signal);
  return Object.freeze({
    id: randomUUID(),
    operationKind: operation.operation,
    operationName: operation.name?.value,
    coerceVariables: compileVariables(supergraph.apiSchema, operation),
    interfaceNames: interfaceNames(supergraph),
    access: input.access ?? '',
    refusals: access.refusals,
    isOfContract: supergraph.contract !== undefined,
    subscription: whole?.subscription,
    routeFor: routes.routeFor,
    introspect: compileIntrospection(supergraph.apiSchema, chosen.introspection),
    bytes: estimateBytes(charsOf(chosen.document) ?? text().length, conditions.length),
  });
}

async function planAndCompile(
  chosen: ChosenOperation,
  text: () => string,
  input: PlanOperationInput,
  trueConditions: readonly string[] | undefined,
  signal: AbortSignal,
): Promise<CompiledPlan> {
  const { supergraph, planner, overrides = noOverrides, ahead } = input;
  const operationName = chosen.operation.name?.value;
  const { contract } = supergraph;
  const elsewhere =
    ahead === undefined
      ? await planner.planSteps?.({ operation: text(), operationName, contract, trueConditions, overrides, signal })
      : await planner.takeSteps?.(ahead, { operationName, overrides, signal });
  const steps = elsewhere ?? (await planHere(chosen, input, trueConditions, signal));
  return compilePlan(steps, supergraph.supergraphSchema);
}

async function planHere(
  chosen: ChosenOperation,
  { supergraph, planner, overrides = noOverrides }: PlanOperationInput,
  trueConditions: readonly string[] | undefined,
  signal: AbortSignal,
): Promise<readonly PlannedStep[]> {
  const steps: PlannedStep[] = [];
  const operationName = chosen.operation.name?.value;
  const condition = (variable: string) => trueConditions?.includes(variable);
  const dataKeyOf = dataKeysFor(supergraph.supergraphSchema);
  for (const { text, stopsWithoutKey } of plannableTexts(chosen, supergraph, dataKeyOf, condition)) {
    const plan = await planner.plan({ operation: text, operationName, overrides, signal });
    if (plan) steps.push({ plan, stopsWithoutKey });
  }
  return steps;
}

function toRoute(
  { root, sharedPlaces }: CompiledPlan,
  { operation, fragments }: ChosenOperation,
  { apiSchema, supergraphSchema }: Supergraph,
  condition: (variable: string) => boolean,
  { check }: OperationAccess,
): ExecutionRoute {
  const rootType = apiSchema.getRootType(operation.operation);
  invariant(rootType, `validation let a ${operation.operation} through`);
  const shape = compileResponseShape({
    schema: apiSchema,
    rootType,
    selections: operation.selectionSet.selections,
    fragments,
    dataKeyOf: dataKeysFor(supergraphSchema),
    condition,
    access: check,
  });
  const stopping =
    operation.operation === 'mutation' ? shape.fields.filter(({ value }) => isRefusedNonNull(value)) : [];
  // The data of such a mutation is null: nothing of it is done.
  if (stopping.length > 0) return { root: undefined, shape: { ...shape, fields: stopping }, sharedPlaces };
  return { root, shape, sharedPlaces };
}

function isRefusedNonNull(value: ValueShape): boolean {
  return value.kind === 'refused' && value.isNonNull;
}

/** Undefined for a document that was put together. */
function charsOf({ loc }: DocumentNode): number | undefined {
  return loc && loc.end - loc.start;
}

const interfaceNamesOf = new WeakMap<GraphQLSchema, ReadonlySet<string>>();

function interfaceNames({ supergraphSchema }: Supergraph): ReadonlySet<string> {
  const known = interfaceNamesOf.get(supergraphSchema);
  if (known !== undefined) return known;
  const types = Object.values(supergraphSchema.getTypeMap()).filter(isInterfaceType);
  const names = new Set(types.map((type) => type.name));
  interfaceNamesOf.set(supergraphSchema, names);
  return names;
}

/** Measured on plans of 1–60 fetches: a route holds some 20 times the document's text; conditions make several routes. */
function estimateBytes(chars: number, conditions: number): number {
  const routes = Math.min(2 ** Math.min(conditions, 4), 4);
  return 2_000 + routes * 20 * chars;
}
