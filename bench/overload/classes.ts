import { pageVariables } from '../gateway/workloads/documents.ts';
import type { Tokens } from './open-issuer.ts';

/** A class of callers: how many of ten operations are theirs, and what makes them one. All ask for the same page of 100, each time another. */
export interface CallerClass {
  readonly name: string;
  readonly tenths: number;
  readonly token?: keyof Tokens;
  readonly clientName?: string;
  readonly document: string;
}

const page = '(first: $first, offset: $offset) { upc name price inStock shippingEstimate reviews { id rating } }';

function query(name: string): string {
  return `query ${name}($first: Int, $offset: Int) { products${page} }`;
}

/** The most important first. */
export const callerClasses: readonly CallerClass[] = [
  { name: 'till', tenths: 1, token: 'till', document: query('Till') },
  {
    name: 'checkout',
    tenths: 1,
    token: 'customer',
    document: `mutation Checkout($first: Int, $offset: Int) { putAside${page} }`,
  },
  { name: 'customers', tenths: 2, token: 'customer', document: query('Customer') },
  { name: 'anonymous', tenths: 4, document: query('Visitor') },
  { name: 'explorer', tenths: 2, clientName: 'explorer', document: query('Explorer') },
];

/** The bytes of one request of a class; the number makes its variables. */
export function writeRequest({ document, token, clientName }: CallerClass, tokens: Tokens, number: number): Buffer {
  const body = JSON.stringify({ query: document, variables: pageVariables(number) });
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
