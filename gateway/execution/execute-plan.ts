import { toAbortSignal } from '../basics/cancellation.ts';
import type { ExecutablePlan } from '../planning/executable-plan.ts';
import type { JsonObject } from '../planning/json.ts';
import { executeNode } from './execute-node.ts';
import type { Execution, ExecutionContext } from './execution.ts';
import { type ClientError, createExecutionErrors } from './execution-errors.ts';
import { type GraphqlResponse, writeRefusal, writeResponse } from './write-response.ts';

export type { ExecutionContext } from './execution.ts';
export type { GraphqlResponse } from './write-response.ts';

/**
 * Runs a query or a mutation: coerce variables → fetch and merge → complete and write once. Failures of subgraphs become
 * errors in the response. Rejects with the signal's reason when that aborts.
 */
export async function executePlan(plan: ExecutablePlan, context: ExecutionContext): Promise<GraphqlResponse> {
  return executePlanFrom(plan, Object.create(null), context);
}

/**
 * The same with data that is there already: the event of a subscription's primary, which the plan then enriches. The data is
 * changed, so that it must belong to this call.
 */
export async function executePlanFrom(
  plan: ExecutablePlan,
  initialData: JsonObject,
  context: ExecutionContext,
  initialErrors: readonly ClientError[] = [],
): Promise<GraphqlResponse> {
  context.signal.throwIfAborted();
  const coerced = plan.coerceVariables(context.variables);
  if ('problems' in coerced) return writeRefusal(coerced.problems, context.requestId);
  const errors = createExecutionErrors(context.maxErrors ?? 100);
  for (const error of initialErrors) errors.add(error);
  const found = plan.routeFor(coerced.values, () => toAbortSignal(context.signal));
  const route = found instanceof Promise ? await found : found;
  const execution: Execution = {
    plan,
    context,
    variables: coerced.values,
    route,
    data: initialData,
    errors,
    failures: [],
  };
  if (route.root !== undefined) await executeNode(route.root, execution);
  context.signal.throwIfAborted();
  return writeResponse(execution);
}
