import type { GatewayError } from '../errors.ts';
import { clientPath } from './client-path.ts';
import { completeResponse } from './complete-response.ts';
import type { Execution } from './execution.ts';
import type { ClientError } from './execution-errors.ts';

export interface GraphqlResponse {
  /** The whole JSON text: serialised once, to be sent as it is. */
  readonly body: string;
  readonly errorCount: number;
  /** False when `data` is missing: the request was refused before it ran (status 400). */
  readonly hasData: boolean;
  /** For the log, never for the client. */
  readonly failures: readonly GatewayError[];
}

/** Completes the data of an execution and writes the response. */
export function writeResponse(execution: Execution): GraphqlResponse {
  const { route, data, errors, plan, variables, failures, context } = execution;
  for (const error of errors.kept) {
    if (error.path !== undefined) error.path = clientPath(error.path, route.shape, data);
  }
  const written = completeResponse(route.shape, data, plan.introspect(variables), errors);
  const body =
    errors.kept.length > 0
      ? `{"data":${written},"errors":${errorsText(errors.kept, context.requestId)}}`
      : `{"data":${written}}`;
  return { body, errorCount: errors.kept.length, hasData: true, failures };
}

/** The response to variables that do not fit: nothing was executed. */
export function writeRefusal(problems: readonly string[], requestId: string): GraphqlResponse {
  const errors = problems
    .slice(0, 5)
    .map((message): ClientError => ({ message, path: undefined, code: 'BAD_USER_INPUT' }));
  return {
    body: `{"errors":${errorsText(errors, requestId)}}`,
    errorCount: errors.length,
    hasData: false,
    failures: [],
  };
}

/** With the request's id, by which whoever runs the gateway finds it in the log. */
function errorsText(errors: readonly ClientError[], requestId: string): string {
  return JSON.stringify(errors.map(({ message, path, code }) => ({ message, path, extensions: { code, requestId } })));
}
