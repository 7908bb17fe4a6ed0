import type { IncomingMessage, Server, ServerResponse } from 'node:http';

export interface FrontHeaderOptions {
  /** Of the operations: nothing else answers pages of other origins. */
  readonly path: string;
  /** Origins whose pages may read answers; `*` is all of them. */
  readonly allowedOrigins: readonly string[];
  /** Request headers that a page may send, besides those that need no permission. */
  readonly allowedHeaders: readonly string[];
  /** How long browsers remember to come by TLS alone; 0 says nothing. */
  readonly hstsSeconds: number;
}

/** What a page of another origin may read of an answer's head. */
const exposedHeaders = 'retry-after, x-request-id';
/** Browsers keep a permission two hours at most, whatever is said. */
const preflightSeconds = 7_200;

/**
 * What browsers read before anything else does, on every road through the server: CORS for the origins in the list, and HSTS. Nobody else's
 * pages get a CORS header, and nobody gets credentials: there are no cookies here. With nothing set, nothing is added to a request's way.
 */
export function addFrontHeaders(server: Server, options: FrontHeaderOptions): void {
  const { allowedOrigins, hstsSeconds, path } = options;
  const hasList = allowedOrigins.length > 0;
  if (!hasList && hstsSeconds === 0) return;
  const allowedHeaders = options.allowedHeaders.join(', ');
  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    if (hstsSeconds > 0) response.setHeader('strict-transport-security', `max-age=${hstsSeconds}; includeSubDomains`);
    if (!hasList || request.url?.split('?', 1)[0] !== path) return;
    const origin = originFor(request, allowedOrigins);
    if (!allowedOrigins.includes('*')) response.setHeader('vary', 'Origin');
    if (origin === undefined) return;
    response.setHeader('access-control-allow-origin', origin);
    if (!isPreflight(request)) {
      response.setHeader('access-control-expose-headers', exposedHeaders);
      return;
    }
    response.setHeader('access-control-allow-methods', 'GET, POST');
    response.setHeader('access-control-allow-headers', allowedHeaders);
    response.setHeader('access-control-max-age', String(preflightSeconds));
  });
}

/** Whether a browser asks what a page may send, and is told something: addFrontHeaders has answered with headers, and a status is missing. */
export function isAnsweredPreflight(request: IncomingMessage, response: ServerResponse): boolean {
  return isPreflight(request) && response.hasHeader('access-control-allow-origin');
}

function isPreflight({ method, headers }: IncomingMessage): boolean {
  return method === 'OPTIONS' && headers['access-control-request-method'] !== undefined;
}

function originFor({ headers: { origin } }: IncomingMessage, allowed: readonly string[]): string | undefined {
  if (origin === undefined) return undefined;
  if (allowed.includes('*')) return '*';
  return allowed.includes(origin) ? origin : undefined;
}
