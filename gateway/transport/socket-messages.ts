import { hasUniqueKeys } from './json-body.ts';

/** graphql-ws knows no document without a text: one that is named by its id alone gets an empty one. */
export function withQuery(message: string): string {
  if (!message.includes('"documentId"') && !message.includes('"persistedQuery"')) return message;
  try {
    const { payload, ...rest } = JSON.parse(message) as { readonly payload?: object };
    return JSON.stringify({ ...rest, payload: { query: '', ...payload } });
  } catch {
    return message; // graphql-ws says what is wrong with it
  }
}

/** What only a server says: graphql-ws takes it from a client for a fault of its own. */
const serversTypes: ReadonlySet<unknown> = new Set(['connection_ack', 'next', 'error']);

/** The same keys are refused as in a request's body. What is no JSON is graphql-ws' to refuse. */
export function isRefused(text: string): boolean {
  try {
    const message: unknown = JSON.parse(text);
    return !hasUniqueKeys(text, message) || serversTypes.has((message as { readonly type?: unknown } | null)?.type);
  } catch {
    return false;
  }
}
