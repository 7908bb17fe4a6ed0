import { HeaderMap } from '@apollo/server';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { type ErrorCode, errorCatalogue, GatewayError } from '../errors.ts';

const maskedMessage = 'Internal server error.';
const maxMessageChars = 500;

/** What a client may know of an error, and the status of a response that has nothing else to say. */
export interface ClientError {
  readonly status: number;
  readonly error: GraphQLFormattedError;
  /** True when the client must not see what happened: then it belongs in the log. */
  readonly isMasked: boolean;
}

/** Masks whatever was not made to be shown. `known` are the fields GraphQL itself says: path and locations. */
export function toClientError(error: unknown, known: Partial<GraphQLFormattedError> = {}): ClientError {
  const original = findGatewayError(error);
  if (original?.isShown) {
    return {
      status: original.status,
      isMasked: false,
      error: { ...pick(known), message: cut(original.message), extensions: withRetry(original) },
    };
  }
  const code = original === undefined ? readCode(known) : undefined;
  if (code !== undefined && known.message !== undefined) {
    const message = cut(withoutSuggestions(known.message));
    return {
      status: errorCatalogue[code].status,
      isMasked: false,
      error: { ...pick(known), message, extensions: { code } },
    };
  }
  const extensions = { code: 'INTERNAL_SERVER_ERROR' };
  return { status: 500, isMasked: true, error: { ...pick(known), message: maskedMessage, extensions } };
}

/** A GatewayError in the form that Apollo Server takes a status and headers from. */
export function toApolloError(error: unknown): GraphQLError {
  const original = findGatewayError(error);
  const originalError = error instanceof Error ? error : new Error(String(error));
  const headers = new HeaderMap();
  const retryAfterSeconds = original && findRetryAfter(original);
  if (retryAfterSeconds !== undefined) headers.set('retry-after', String(retryAfterSeconds));
  const http = { status: original?.status ?? 500, headers };
  return new GraphQLError(originalError.message, { originalError, extensions: { http } });
}

/** When to come again; for refusals that pass by themselves. */
export function findRetryAfter(error: unknown): number | undefined {
  if (!(error instanceof GatewayError) || (error.status !== 503 && error.status !== 429)) return undefined;
  const { retryAfterSeconds } = error.extensions;
  if (typeof retryAfterSeconds === 'number') return retryAfterSeconds;
  return error.status === 503 ? soonSeconds : undefined;
}

/** For queues that empty in a moment, such as that of the planning thread. */
const soonSeconds = 1;

function withRetry(error: GatewayError): GatewayError['extensions'] {
  const retryAfterSeconds = findRetryAfter(error);
  return retryAfterSeconds === undefined ? error.extensions : { retryAfterSeconds, ...error.extensions };
}

/** A response of errors alone. */
export function writeErrors(errors: readonly GraphQLFormattedError[], requestId: string): string {
  const withId = errors.map((error) => ({ ...error, extensions: { ...error.extensions, requestId } }));
  return JSON.stringify({ errors: withId });
}

function findGatewayError(error: unknown): GatewayError | undefined {
  if (error instanceof GatewayError) return error;
  return error instanceof GraphQLError && error.originalError instanceof GatewayError ? error.originalError : undefined;
}

/** Codes that Apollo Server and graphql-js give to the caller's mistakes; everything else is ours and stays hidden. */
const callersMistakes: ReadonlySet<string> = new Set<ErrorCode>([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'OPERATION_RESOLUTION_FAILURE',
  'BAD_REQUEST',
  'PERSISTED_QUERY_NOT_SUPPORTED',
]);

function readCode(known: Partial<GraphQLFormattedError>): ErrorCode | undefined {
  const code = known.extensions?.code;
  return typeof code === 'string' && callersMistakes.has(code) ? (code as ErrorCode) : undefined;
}

/** Names that a schema does not show to somebody must not be guessable from its errors. */
function withoutSuggestions(message: string): string {
  return message.replace(/ ?Did you mean.*$/s, '');
}

function cut(message: string): string {
  return message.length > maxMessageChars ? `${message.slice(0, maxMessageChars)}…` : message;
}

function pick({ path, locations }: Partial<GraphQLFormattedError>): Partial<GraphQLFormattedError> {
  return { ...(locations === undefined ? {} : { locations }), ...(path === undefined ? {} : { path }) };
}
