import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a web page may open a socket or a stream here. Browsers send cookies with a WebSocket whatever page opens it, and no
 * preflight protects it: only our own pages and those that are named may. Who sends no Origin is no web page.
 */
export function isOriginAllowed({ origin, host }: IncomingHttpHeaders, allowed: readonly string[]): boolean {
  if (origin === undefined || allowed.includes('*') || allowed.includes(origin)) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}
