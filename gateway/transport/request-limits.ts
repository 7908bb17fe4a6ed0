import { shownError } from '../errors.ts';
import { checkVariables } from './check-variables.ts';
import type { DocumentMeasure } from './measure-document.ts';
import { isUnstorable, unstorableText } from './unstorable-text.ts';

/** How much one request may ask for. The defaults, a row for each class of caller, stand in config.ts. */
export interface RequestLimits {
  readonly bodyBytes: number;
  readonly documentChars: number;
  readonly tokens: number;
  readonly depth: number;
  readonly aliases: number;
  readonly rootFields: number;
  readonly mutationRootFields: number;
  readonly selections: number;
  /** What one operation may cost, estimated before it runs (gateway/cost). */
  readonly cost: number;
  /** What all operations of one caller may cost in a minute. */
  readonly costPerMinute: number;
  /** Items of one list, in the variables or in the document. */
  readonly listItems: number;
  /** WebSockets and event streams of one principal. */
  readonly sockets: number;
  /** Operations on one WebSocket. */
  readonly subscriptions: number;
  readonly messagesPerSecond: number;
  readonly isIntrospectionAllowed: boolean;
}

/** One GraphQL request, whichever transport it came by. */
export interface LimitedRequest {
  readonly bodyBytes: number;
  /** True when the transport may only carry queries: a GET, which caches and link checkers repeat. */
  readonly isReadOnly: boolean;
  readonly document: string;
  readonly variables: unknown;
}

/**
 * The one gate for every request on every transport: POST, GET, server-sent events and WebSocket call this and nothing
 * else. Throws a shown GatewayError. It runs before parsing by Apollo Server, validation and planning, so that all of
 * them only ever see documents of bounded size; its own work is linear in the document, and once per document.
 * The cost of an operation needs the schema: the pipeline asks gateway/cost for it, once the document is read.
 */
export function checkRequestLimits(
  request: LimitedRequest,
  limits: RequestLimits,
  measure: (document: string) => DocumentMeasure,
): void {
  if (request.bodyBytes > limits.bodyBytes) {
    throw shownError('BODY_TOO_LARGE', `The request body has more than ${limits.bodyBytes} bytes.`);
  }
  if (request.document.length > limits.documentChars) {
    throw shownError('DOCUMENT_TOO_LONG', `The document has more than ${limits.documentChars} characters.`);
  }
  const measured = measure(request.document);
  if (measured.tokens > limits.tokens)
    throw shownError('TOKEN_LIMIT', `The document has more than ${limits.tokens} tokens.`);
  if (request.isReadOnly && !measured.hasQuery) throw shownError('METHOD_NOT_ALLOWED', 'A GET can only carry a query.');
  if (measured.hasIntrospection && !limits.isIntrospectionAllowed) {
    throw shownError('INTROSPECTION_DISABLED', 'The schema is not shown to this caller.');
  }
  if (measured.depth > limits.depth) throw shownError('DEPTH_LIMIT', `The document is deeper than ${limits.depth}.`);
  if (measured.aliases > limits.aliases) {
    throw shownError('TOO_MANY_ALIASES', `The document has more than ${limits.aliases} aliases.`);
  }
  if (measured.mutationRootFields > limits.mutationRootFields) {
    throw shownError('ROOT_FIELD_LIMIT', `A mutation has more than ${limits.mutationRootFields} root fields.`);
  }
  if (measured.rootFields > limits.rootFields) {
    throw shownError('ROOT_FIELD_LIMIT', `The operation has more than ${limits.rootFields} root fields.`);
  }
  if (measured.selections > limits.selections) {
    throw shownError('SELECTION_LIMIT', `The operation selects more than ${limits.selections} fields.`);
  }
  if (measured.longestList > limits.listItems) {
    throw shownError('LIST_LIMIT', `A list in the document has more than ${limits.listItems} items.`);
  }
  if (measured.hasUnstorableText || isUnstorable(request.document)) throw unstorableText();
  checkVariables(request.variables, limits.listItems);
}
