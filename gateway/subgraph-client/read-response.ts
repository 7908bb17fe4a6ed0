import { shownError } from '../errors.ts';
import type { SubgraphDocument, SubgraphResponse } from './subgraph-client.ts';

/** Reads the GraphQL response to a document. Throws UPSTREAM_INVALID_RESPONSE for what is not JSON or not of that form. */
export function readResponse(text: string, { readData }: Pick<SubgraphDocument, 'readData'>): SubgraphResponse {
  const data = readData?.(text);
  if (data !== undefined) return { data, errors: undefined };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw invalidResponse('The answer is not JSON.', cause);
  }
  return checkResponse(value);
}

/** Checks that a value has the form of a GraphQL response. Throws UPSTREAM_INVALID_RESPONSE. */
export function checkResponse(value: unknown): SubgraphResponse {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalidResponse('The answer is not a JSON object.');
  }
  const data = 'data' in value ? value.data : undefined;
  const errors = 'errors' in value ? value.errors : undefined;
  if (data === undefined && !Array.isArray(errors)) throw invalidResponse('The answer has neither data nor errors.');
  return { data, errors };
}

/** An answer that is no GraphQL response; the reason is for the log. */
export function invalidResponse(reason: string, cause?: unknown): Error {
  return shownError('UPSTREAM_INVALID_RESPONSE', 'A source of this field gave an invalid answer.', {
    cause: new Error(reason, { cause }),
  });
}
