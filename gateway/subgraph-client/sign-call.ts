import { createHash, createHmac } from 'node:crypto';

/** Signs one call: binds who is calling to the subgraph, the time and the body, so that no part can be used for another. */
export type SignCall = (statement: string | undefined, body: string) => string;

/** Names that only the gateway sends. */
export const statementHeader = 'graph-caller';
export const signatureHeader = 'graph-signature';

/**
 * Makes what signs the calls to one subgraph: `t=<unix ms>,v1=<base64url of HMAC-SHA-256>` over subgraph, time, statement (empty for
 * nobody) and sha256 of the body in base64url, a line each. Some 8 µs for a body of 1 KB.
 */
export function createCallSigner(subgraph: string, secret: string, now: () => number = Date.now): SignCall {
  return (statement = '', body) => {
    const time = now();
    const digest = createHash('sha256').update(body).digest('base64url');
    const signed = `${subgraph}\n${time}\n${statement}\n${digest}`;
    return `t=${time},v1=${createHmac('sha256', secret).update(signed).digest('base64url')}`;
  };
}

/** What is signed of a subscription, which has no body of its own: its query, and its variables as JSON. */
export function subscriptionBody(query: string, variables: Readonly<Record<string, unknown>>): string {
  return `${query}\n${JSON.stringify(variables)}`;
}
