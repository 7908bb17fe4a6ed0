import type { GatewayError } from '../errors.ts';
import { clientKeys } from '../planning/common-form.ts';
import type { ExecutionRoute } from '../planning/executable-plan.ts';
import type { JsonObject } from '../planning/json.ts';
import { untold } from './ask-subgraph.ts';
import { clientPath } from './client-path.ts';
import { completeResponse } from './complete-response.ts';
import type { Execution } from './execution.ts';
import type { ClientError } from './execution-errors.ts';
import { createFastWriter, type ObjectWriter, unusual } from './fast-writer.ts';

export interface GraphqlResponse {
  /** The whole JSON text: serialised once, to be sent as it is. */
  readonly body: string;
  /** The same for another caller: errors carry the request's id. `extensions` is text to stand behind the data and the errors. */
  bodyFor(requestId: string, extensions?: string): string;
  readonly errorCount: number;
  /** `extensions.code` of each of them. */
  readonly errorCodes: readonly string[];
  /** False when `data` is missing: the request was refused before it ran (status 400). */
  readonly hasData: boolean;
  /** For the log, never for the client. */
  readonly failures: readonly GatewayError[];
  /** What the data comes to; undefined when nobody counts. */
  readonly cost?: number | undefined;
}

/** Completes the data of an execution and writes the response. */
export function writeResponse(execution: Execution): GraphqlResponse {
  const { route, data, errors, plan, variables, failures, context } = execution;
  const { aliases = [] } = context;
  const keys = aliases.length === 0 ? undefined : clientKeys(aliases);
  for (const error of errors.kept) {
    if (error.path === undefined) continue;
    const shown = clientPath(error.path, route.shape, data, keys);
    const isElsewhere = (shown?.length ?? 0) < error.path.length;
    if (plan.isOfContract && isElsewhere) error.message = untold;
    error.path = shown;
  }
  const introspection = plan.introspect(variables);
  const cost = context.countCost?.(route.shape, data, variables);
  const writtenFast = keys === undefined ? writeFast(route, data, introspection) : undefined;
  const written = writtenFast ?? completeResponse(route.shape, data, { introspection, errors, keys });
  if (errors.kept.length === 0) {
    // One text for all who share it: another one would be copied together from its pieces again.
    const body = `{"data":${written}}`;
    const bodyFor = (_requestId: string, extensions = '') =>
      extensions === '' ? body : `{"data":${written}${extensions}}`;
    return { body, bodyFor, errorCount: 0, errorCodes: [], hasData: true, failures, cost };
  }
  const bodyFor = (requestId: string, extensions = '') =>
    `{"data":${written},"errors":${errorsText(errors.kept, requestId)}${extensions}}`;
  return {
    body: bodyFor(context.requestId),
    bodyFor,
    errorCount: errors.kept.length,
    errorCodes: errors.kept.map(({ code }) => code),
    hasData: true,
    failures,
    cost,
  };
}

// Generating costs some 0.1 ms per object type; a document that is seen once or twice does not earn it.
const runsBeforeGenerating = 3;

interface RouteWriter {
  runs: number;
  write: ObjectWriter | undefined;
}

const writers = new WeakMap<ExecutionRoute, RouteWriter>();

/** Undefined when the route is not used often, or when something in the data is unusual. */
function writeFast(
  route: ExecutionRoute,
  data: JsonObject,
  introspection: ReadonlyMap<string, string>,
): string | undefined {
  const writer = writers.get(route) ?? { runs: 0, write: undefined };
  writers.set(route, writer);
  if (writer.runs++ < runsBeforeGenerating) return undefined;
  writer.write ??= createFastWriter(route.shape, route.sharedPlaces);
  try {
    return writer.write(data, { introspection, texts: [] });
  } catch (error) {
    if (error === unusual) return undefined;
    throw error;
  }
}

/** The response to variables that do not fit: nothing was executed. */
export function writeRefusal(problems: readonly string[], requestId: string): GraphqlResponse {
  const errors = problems
    .slice(0, 5)
    .map((message): ClientError => ({ message, path: undefined, code: 'BAD_USER_INPUT' }));
  const bodyFor = (id: string) => `{"errors":${errorsText(errors, id)}}`;
  return {
    body: bodyFor(requestId),
    bodyFor,
    errorCount: errors.length,
    errorCodes: errors.map(({ code }) => code),
    hasData: false,
    failures: [],
  };
}

/** With the request's id, by which whoever runs the gateway finds it in the log. */
function errorsText(errors: readonly ClientError[], requestId: string): string {
  return JSON.stringify(errors.map(({ message, path, code }) => ({ message, path, extensions: { code, requestId } })));
}
