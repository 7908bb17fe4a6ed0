import { parse } from 'graphql';
import { type Supergraph, viewFor } from '../supergraph/supergraph.ts';
import { dataKeysFor } from './data-keys.ts';
import type { PlanNode } from './plan-node.ts';
import type { Planner, PlannerKind } from './planner.ts';
import { plannableTexts, takeOperation } from './split-operation.ts';

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

/** Splits an operation and plans its parts. Without a planner it splits alone. Rejects with the signal's reason. */
export async function planParts(
  request: PartsRequest,
  supergraph: Supergraph,
  planner: Planner | undefined,
  signal: AbortSignal,
): Promise<readonly PlannedPart[]> {
  const { operation, operationName, contract, trueConditions, activeLabels, percentage } = request;
  const native = request.planner === 'hive' ? planner : undefined;
  const chosen = takeOperation(parse(operation, { noLocation: true }), operationName);
  const condition = (variable: string) => trueConditions?.includes(variable);
  const overrides = { key: '', activeLabels: new Set(activeLabels), percentage };
  const parts: PlannedPart[] = [];
  const view = viewFor(supergraph, contract);
  for (const part of plannableTexts(chosen, view, dataKeysFor(supergraph.supergraphSchema), condition)) {
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
