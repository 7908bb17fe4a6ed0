import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a web page may open a socket or a stream here. Browsers send cookies with a WebSocket whatever page opens it, and no
 * preflight protects it: only our own pages and those that are named may. Who sends no Origin is no web page, or one that asks without
 * reading the answer, which says of itself that it is another site's.
 */
export function isOriginAllowed(headers: IncomingHttpHeaders, allowed: readonly string[]): boolean {
  const { origin, host, 'sec-fetch-site': site } = headers;
  if (origin === undefined) return site !== 'cross-site' && site !== 'same-site';
  if (allowed.includes('*') || allowed.includes(origin)) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}
