import type { Tokens } from './open-issuer.ts';
import type { Work } from './work.ts';

/** A class of callers: how many of ten operations are theirs, and what makes them one. All ask for the same, each time with other variables. */
export interface CallerClass {
  readonly name: string;
  readonly tenths: number;
  readonly token?: keyof Tokens;
  readonly clientName?: string;
  /** Asks by a mutation, which answers the same. */
  readonly isCheckout?: true;
}

/** The most important first. */
export const callerClasses: readonly CallerClass[] = [
  { name: 'till', tenths: 1, token: 'till' },
  { name: 'checkout', tenths: 1, token: 'checkout', isCheckout: true },
  { name: 'customers', tenths: 2, token: 'customer' },
  { name: 'anonymous', tenths: 4 },
  { name: 'explorer', tenths: 2, clientName: 'explorer' },
];

/** The bytes of one request of a class; the number makes its variables. */
export function writeRequest(
  { name, isCheckout, token, clientName }: CallerClass,
  work: Work,
  tokens: Tokens,
  number: number,
): Buffer {
  const query = isCheckout ? work.checkout(name) : work.query(name);
  const body = JSON.stringify({ query, variables: work.variables(number, isCheckout === true) });
  const head = [
    'POST /graphql HTTP/1.1',
    'host: 127.0.0.1',
    'accept: application/json',
    'content-type: application/json',
    ...(token === undefined ? [] : [`authorization: Bearer ${tokens[token]}`]),
    ...(clientName === undefined ? [] : [`graphql-client-name: ${clientName}`]),
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`);
}
