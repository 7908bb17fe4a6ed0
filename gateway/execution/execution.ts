import type { EndSignal } from '../basics/cancellation.ts';
import type { GatewayError } from '../errors.ts';
import type { VariableValues } from '../planning/compile-variables.ts';
import type { ExecutablePlan, ExecutionRoute, PreparedFetch } from '../planning/executable-plan.ts';
import type { JsonObject } from '../planning/json.ts';
import type { ObjectShape } from '../planning/response-shape.ts';
import type { SubgraphClients } from '../subgraph-client/subgraph-client.ts';
import type { ExecutionErrors } from './execution-errors.ts';

/** What a request brings to its plan. */
export interface ExecutionContext {
  /** As the client sent them; the executor coerces them. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly clients: SubgraphClients;
  /** The client left, or the operation's deadline has passed. */
  readonly signal: EndSignal;
  readonly requestId: string;
  /** Who may see the same answers: in-flight requests are shared within an audience only. */
  readonly audience: string;
  /** Sent to every subgraph: traceparent, request id, the signed identity. */
  readonly headers: Readonly<Record<string, string>>;
  /** Whether equal in-flight requests of the same audience are sent once. */
  readonly sharing: boolean;
  /** The client's, when the plan is of a common form. */
  readonly aliases?: readonly string[] | undefined;
  /** Counts what the answer's data comes to; without it nothing is counted. */
  readonly countCost?: ((shape: ObjectShape, data: JsonObject, variables: VariableValues) => number) | undefined;
  /** Errors in one response; further ones are dropped. Default 100. */
  readonly maxErrors?: number;
}

/** One run of a plan. `data` grows while it runs; `failures` are for the log. */
export interface Execution {
  readonly plan: ExecutablePlan;
  readonly context: ExecutionContext;
  readonly variables: VariableValues;
  readonly route: ExecutionRoute;
  readonly data: JsonObject;
  readonly errors: ExecutionErrors;
  readonly failures: GatewayError[];
}

/** The JSON members of the client's variables that a fetch uses; `first` tells whether a comma must come before. */
export function variableMembers(fetch: PreparedFetch, variables: VariableValues, isFirst: boolean): string {
  let text = '';
  for (const { name, label } of fetch.variables) {
    const value = variables.get(name);
    if (value === undefined) continue;
    text += `${isFirst && text === '' ? '' : ','}${label}${JSON.stringify(value)}`;
  }
  return text;
}
