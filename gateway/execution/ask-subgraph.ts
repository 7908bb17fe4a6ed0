import { GatewayError, hiddenError } from '../errors.ts';
import type { PreparedFetch } from '../planning/executable-plan.ts';
import { isJsonObject } from '../planning/json.ts';
import type { Execution } from './execution.ts';

/** An error of a subgraph after reading: nothing of it is trusted, nothing else of it is passed on. */
export interface SubgraphError {
  readonly message: string;
  readonly path: readonly (string | number)[] | undefined;
  readonly code: string;
}

/** `data` undefined: the subgraph gave nothing, and `errors` says why. */
export interface SubgraphAnswer {
  readonly data: Record<string, unknown> | undefined;
  readonly errors: readonly SubgraphError[];
}

// A subgraph may send a million; more than the client gets is not read.
const maxErrorsRead = 1_000;

/** Sends a fetch; every failure but an abort comes back as an answer without data. */
export async function askSubgraph(
  fetch: PreparedFetch,
  variablesText: string,
  execution: Execution,
): Promise<SubgraphAnswer> {
  const { context } = execution;
  try {
    const client = context.clients.get(fetch.serviceName);
    if (client === undefined) throw hiddenError(`The plan asks the unknown subgraph ${fetch.serviceName}.`);
    const { data, errors } = await client.execute({
      document: fetch,
      variablesText,
      headers: context.headers,
      signal: context.signal,
      audience: context.audience,
      sharing: context.sharing,
    });
    const told = readErrors(errors);
    const read = execution.plan.isOfContract ? told.map(placed) : told;
    if (isJsonObject(data)) return { data, errors: read };
    if (read.length > 0) return { data: undefined, errors: read };
    return { data: undefined, errors: [invalidAnswer] };
  } catch (cause) {
    context.signal.throwIfAborted();
    const failure = cause instanceof GatewayError ? cause : hiddenError('A subgraph request failed.', { cause });
    execution.failures.push(failure);
    return { data: undefined, errors: [{ ...shownAs(failure), path: undefined }] };
  }
}

/** What clients read of a source that answered something else than GraphQL. */
export const invalidAnswer: SubgraphError = {
  message: 'A source of this field gave an invalid answer.',
  path: undefined,
  code: 'UPSTREAM_INVALID_RESPONSE',
};

/** Where a subgraph says what was not written for clients, or, to the callers of a contract, something of what they may not know of. */
export const untold = 'A source of this field reported an error.';

/** An error without a path is about the request as the gateway made it. */
function placed(error: SubgraphError): SubgraphError {
  return error.path === undefined ? { ...error, message: untold } : error;
}

function shownAs(failure: GatewayError): { readonly message: string; readonly code: string } {
  switch (failure.code) {
    case 'UPSTREAM_UNAVAILABLE':
      return { message: 'A source of this field cannot be reached now.', code: failure.code };
    case 'UPSTREAM_TIMEOUT':
      return { message: 'A source of this field did not answer in time.', code: failure.code };
    case 'UPSTREAM_INVALID_RESPONSE':
      return invalidAnswer;
    default:
      return { message: 'Internal server error.', code: 'INTERNAL_SERVER_ERROR' };
  }
}

/**
 * Reads the `errors` of a subgraph's response: at most 1,000, each by its message, path and code alone. Whoever writes an error for clients
 * gives it a code; the message of any other is what some resolver threw, which may name hosts and statements.
 */
export function readErrors(errors: unknown): SubgraphError[] {
  if (!Array.isArray(errors)) return [];
  return errors.slice(0, maxErrorsRead).map((error: unknown) => {
    if (!isJsonObject(error)) return invalidAnswer;
    const given = isJsonObject(error.extensions) ? error.extensions.code : undefined;
    const code = typeof given === 'string' ? given : 'UPSTREAM_ERROR';
    const isForClients = code !== 'UPSTREAM_ERROR' && code !== 'INTERNAL_SERVER_ERROR';
    return {
      message: isForClients && typeof error.message === 'string' ? error.message : untold,
      path: readPath(error.path),
      code,
    };
  });
}

function readPath(path: unknown): (string | number)[] | undefined {
  if (!Array.isArray(path) || path.length === 0) return undefined;
  return path.every((key) => typeof key === 'string' || typeof key === 'number') ? path : undefined;
}
