/**
 * Every way the gateway can fail, in one place.
 *
 * Two kinds: an error that is safe to show (its message was written for the client), and one that is never
 * shown (a bug, a broken assumption, the network below): the client gets `INTERNAL_SERVER_ERROR` and the request
 * id, the log gets the rest. Whoever is unsure throws the second kind.
 */

/** `extensions.code` → the HTTP status of a response that consists of this error alone, and what it means. */
export const errorCatalogue = {
  // The caller's document or request.
  GRAPHQL_PARSE_FAILED: { status: 400, meaning: 'the document is not GraphQL' },
  GRAPHQL_VALIDATION_FAILED: { status: 400, meaning: 'the document does not fit the schema' },
  BAD_USER_INPUT: { status: 400, meaning: 'a variable or an argument has an impossible value' },
  OPERATION_RESOLUTION_FAILURE: { status: 400, meaning: 'operationName does not choose one operation' },
  BAD_REQUEST: { status: 400, meaning: 'the request is not a GraphQL-over-HTTP request' },
  PERSISTED_QUERY_NOT_SUPPORTED: { status: 400, meaning: 'documents are not registered by sending them' },
  PERSISTED_QUERY_NOT_FOUND: { status: 400, meaning: 'there is no known document of this id' },
  DOCUMENT_NOT_TRUSTED: { status: 400, meaning: 'only known documents are taken, and this is none of them' },
  INTROSPECTION_DISABLED: { status: 400, meaning: 'the schema is not shown to this caller' },
  SUBSCRIPTION_NOT_SUPPORTED: { status: 400, meaning: 'this transport does not carry subscriptions' },
  METHOD_NOT_ALLOWED: { status: 405, meaning: 'the method does not fit the path or the operation' },
  NOT_ACCEPTABLE: { status: 406, meaning: 'no media type of the Accept header can be served' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, meaning: 'the body must be uncompressed application/json in UTF-8' },
  NOT_FOUND: { status: 404, meaning: 'nothing is here, or nothing this caller may see' },
  HEADERS_TOO_LARGE: { status: 431, meaning: 'too many request headers, or too long ones' },
  REQUEST_TIMEOUT: { status: 408, meaning: 'the request did not arrive in time' },
  // Limits (see config.ts); one code each, so that a client can tell what to make smaller.
  BODY_TOO_LARGE: { status: 413, meaning: 'the request body has too many bytes' },
  DOCUMENT_TOO_LONG: { status: 400, meaning: 'the document has too many characters' },
  TOKEN_LIMIT: { status: 400, meaning: 'the document has too many tokens' },
  DEPTH_LIMIT: { status: 400, meaning: 'the document nests too deep, fragments counted' },
  TOO_MANY_ALIASES: { status: 400, meaning: 'the document has too many aliases' },
  ROOT_FIELD_LIMIT: { status: 400, meaning: 'the operation has too many root fields' },
  SELECTION_LIMIT: { status: 400, meaning: 'the operation has too many selections after expanding fragments' },
  LIST_LIMIT: { status: 400, meaning: 'a list in the variables or in the document is too long' },
  COST_LIMIT: { status: 400, meaning: 'the operation would cost too much' },
  QUERY_TOO_COMPLEX: { status: 400, meaning: 'the operation takes too long to plan' },
  RATE_LIMITED: { status: 429, meaning: 'too many requests; try again later' },
  // Who is calling.
  UNAUTHENTICATED: { status: 401, meaning: 'no or no valid proof of identity' },
  FORBIDDEN: { status: 403, meaning: 'this caller may not do this' },
  // What is below.
  UPSTREAM_UNAVAILABLE: { status: 200, meaning: 'a source of this field cannot be reached now' },
  UPSTREAM_TIMEOUT: { status: 200, meaning: 'a source of this field did not answer in time' },
  UPSTREAM_INVALID_RESPONSE: { status: 200, meaning: 'a source of this field gave an answer that is not GraphQL' },
  UPSTREAM_ERROR: { status: 200, meaning: 'a source of this field reported an error without a code' },
  // Ourselves.
  DEADLINE_EXCEEDED: { status: 504, meaning: 'the operation was given up at its deadline' },
  OPERATION_CANCELLED: { status: 499, meaning: 'the client left before the answer was ready' },
  OVERLOADED: { status: 503, meaning: 'a bounded queue is full; try again later' },
  SHUTTING_DOWN: { status: 503, meaning: 'this process is draining; try again' },
  SUPERGRAPH_INVALID: { status: 422, meaning: 'the offered supergraph cannot be served; the old one stays' },
  INTERNAL_SERVER_ERROR: { status: 500, meaning: 'a fault of ours; quote the request id' },
} as const satisfies Record<string, { readonly status: number; readonly meaning: string }>;

/** A value of `extensions.code`. */
export type ErrorCode = keyof typeof errorCatalogue;

export interface GatewayErrorOptions {
  readonly cause?: unknown;
  /** Further `extensions` of a shown error, such as the limit that was passed. Never put internals here. */
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/**
 * The only error the gateway throws on purpose. `isShown` decides whether `message` and `extensions` may reach the client.
 * Make one with `shownError` or `hiddenError`.
 */
export class GatewayError extends Error {
  override readonly name = 'GatewayError';
  readonly code: ErrorCode;
  readonly isShown: boolean;
  readonly extensions: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, isShown: boolean, options: GatewayErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.isShown = isShown;
    this.extensions = { ...options.extensions, code };
  }

  get status(): number {
    return errorCatalogue[this.code].status;
  }
}

/** An error whose message and extensions are written for the client: no host, no stack, no suggestion. */
export function shownError(code: ErrorCode, message: string, options?: GatewayErrorOptions): GatewayError {
  return new GatewayError(code, message, true, options);
}

/** An error for the log alone; the client sees `INTERNAL_SERVER_ERROR` and the request id. */
export function hiddenError(message: string, options?: GatewayErrorOptions): GatewayError {
  return new GatewayError('INTERNAL_SERVER_ERROR', message, false, options);
}

/** Throws a hidden error when an assumption of ours is broken. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw hiddenError(`Broken assumption: ${message}`);
}
