import { parse } from 'graphql';
import { type Supergraph, viewFor } from '../supergraph/supergraph.ts';
import { dataKeysFor } from './data-keys.ts';
import { accessOf } from './operation-access.ts';
import type { PlanNode } from './plan-node.ts';
import { conditionVariables } from './plan-routes.ts';
import type { Planner, PlannerKind } from './planner.ts';
import { type ChosenOperation, plannableTexts, takeOperation } from './split-operation.ts';

/** An operation to split and plan, in a form that travels between threads. */
export interface PartsRequest {
  /** One operation and the fragments it uses. */
  readonly operation: string;
  readonly operationName: string | undefined;
  /** Whose callers asked; undefined is everybody who is held to none. */
  readonly contract: string | undefined;
  /** The variables of @skip and @include that are true, the others being false; undefined leaves the conditions to the plan. */
  readonly trueConditions: readonly string[] | undefined;
  /** Apollo's is not in this thread: with it the operation is split alone. */
  readonly planner: PlannerKind;
  readonly activeLabels: readonly string[];
  readonly percentage: number;
}

/** A part of an operation, with its plan (null: nothing to fetch) or the planner's reason to have none. */
export type PlannedPart = {
  readonly text: string;
  /** See PlannableText. */
  readonly stopsWithoutKey?: string | undefined;
} & ({ readonly plan: PlanNode | null } | { readonly refusal: string });

/** What a plan depends on besides the document and its conditions. */
export interface AheadRequest extends Pick<PartsRequest, 'operationName' | 'planner' | 'activeLabels' | 'percentage'> {
  /** See PlanOperationInput. */
  readonly access: string;
  readonly isAllOrNothing: boolean;
  /** Of a query take the common form, where it has one. */
  readonly isCommon: boolean;
}

/**
 * Plans the operation that is meant in a valid document, as planOperation will ask for it; the supergraph is its caller's view. Undefined where it asks for more than this: with conditions,
 * for a subscription, and where the operation is refused.
 */
export async function planAhead(
  text: string,
  request: AheadRequest,
  supergraph: Supergraph,
  planner: Planner | undefined,
  signal: AbortSignal,
): Promise<readonly PlannedPart[] | undefined> {
  let planned: ChosenOperation;
  try {
    const chosen = takeOperation(parse(text, { noLocation: true }), request.operationName);
    if (chosen.operation.operation === 'subscription' || conditionVariables(chosen.document).length > 0)
      return undefined;
    planned = accessOf(chosen, { supergraph, ...request }).planned;
  } catch {
    return undefined; // whoever runs it is told why
  }
  return await planChosen(planned, { ...request, trueConditions: [] }, supergraph, planner, signal);
}

/** Splits an operation and plans its parts. Without a planner it splits alone. Rejects with the signal's reason. */
export async function planParts(
  request: PartsRequest,
  supergraph: Supergraph,
  planner: Planner | undefined,
  signal: AbortSignal,
): Promise<readonly PlannedPart[]> {
  const chosen = takeOperation(parse(request.operation, { noLocation: true }), request.operationName);
  return await planChosen(chosen, request, viewFor(supergraph, request.contract), planner, signal);
}

async function planChosen(
  chosen: ChosenOperation,
  {
    planner: kind,
    trueConditions,
    activeLabels,
    percentage,
  }: Pick<PartsRequest, 'planner' | 'trueConditions' | 'activeLabels' | 'percentage'>,
  supergraph: Supergraph,
  planner: Planner | undefined,
  signal: AbortSignal,
): Promise<readonly PlannedPart[]> {
  const native = kind === 'hive' ? planner : undefined;
  const operationName = chosen.operation.name?.value;
  const condition = (variable: string) => trueConditions?.includes(variable);
  const overrides = { key: '', activeLabels: new Set(activeLabels), percentage };
  const parts: PlannedPart[] = [];
  for (const part of plannableTexts(chosen, supergraph, dataKeysFor(supergraph.supergraphSchema), condition)) {
    try {
      if (native === undefined) parts.push({ ...part, refusal: 'There is no native planner here.' });
      else {
        const plan = await native.plan({ operation: part.text, operationName, overrides, signal });
        parts.push({ ...part, plan: plan ?? null });
      }
    } catch (error) {
      signal.throwIfAborted();
      parts.push({ ...part, refusal: reasonOf(error) });
    }
  }
  return parts;
}

function reasonOf(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? `${message} ${cause.message}` : message;
}
