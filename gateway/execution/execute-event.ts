import type { ExecutablePlan } from '../planning/executable-plan.ts';
import { isJsonObject, type JsonObject } from '../planning/json.ts';
import { readErrors, type SubgraphError } from './ask-subgraph.ts';
import { executePlanFrom } from './execute-plan.ts';
import type { ExecutionContext } from './execution.ts';
import { mergeObject } from './merge.ts';
import { renamedPath } from './renamed-path.ts';
import { rewriteOutput } from './rewrite-output.ts';
import type { GraphqlResponse } from './write-response.ts';

/** What the primary of a subscription answered: one event, or, without data, the reason why there are none. */
export type PrimaryResult =
  | { readonly kind: 'event'; readonly data: JsonObject; readonly errors: readonly SubgraphError[] }
  | { readonly kind: 'refusal'; readonly errors: readonly SubgraphError[] };

/** Reads a result of the primary; nothing of it is trusted. */
export function readPrimaryResult(response: { readonly data: unknown; readonly errors: unknown }): PrimaryResult {
  const errors = readErrors(response.errors);
  if (isJsonObject(response.data)) return { kind: 'event', data: response.data, errors };
  return { kind: 'refusal', errors };
}

/** One event of a subscription → its response: the data of the primary is enriched by the rest of the plan. Changes `data`. */
export async function executeEvent(
  plan: ExecutablePlan,
  data: JsonObject,
  errors: readonly SubgraphError[],
  context: ExecutionContext,
): Promise<GraphqlResponse> {
  const primary = plan.subscription;
  const initial: JsonObject = Object.create(null);
  if (primary !== undefined) {
    rewriteOutput(data, primary.outputRewrites);
    mergeObject(initial, data, primary.merge, false, plan.interfaceNames);
  }
  const renamed = errors.map((error) => ({
    ...error,
    path: error.path && primary ? renamedPath(error.path, primary.outputRewrites) : error.path,
  }));
  return executePlanFrom(plan, initial, context, renamed);
}
