import { createHash } from 'node:crypto';
import { anonymous, type Identify, type IncomingHeaders, type Principal, reservedHeaders } from './principal.ts';

/**
 * Passes the named headers on to the subgraphs, beside what an identity says of the caller (nobody, without one). Callers with different
 * values are different audiences, so that no answer is ever shared between them; the audience carries a hash, because it ends up in
 * cache keys and the values are secrets. Headers that only the gateway makes are never passed on.
 */
export function forwardHeaders(names: readonly string[], identify: Identify = () => anonymous): Identify {
  const allowed = names
    .map((name) => name.toLowerCase())
    .filter((name) => !reservedHeaders.has(name))
    .sort();
  if (allowed.length === 0) return identify;
  return (incoming) => {
    const headers = pick(allowed, incoming);
    const principal = identify(incoming);
    if (Object.keys(headers).length === 0) return principal;
    return principal instanceof Promise
      ? principal.then((known) => addHeaders(known, headers))
      : addHeaders(principal, headers);
  };
}

function pick(allowed: readonly string[], incoming: IncomingHeaders): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const name of allowed) {
    const value = incoming[name];
    if (value !== undefined) headers[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return headers;
}

function addHeaders(principal: Principal, headers: Readonly<Record<string, string>>): Principal {
  const add = ({ audience, headers: own }: Principal['role']): Principal['role'] => {
    const hash = createHash('sha256').update(JSON.stringify([audience, headers]));
    return { audience: hash.digest('base64url'), headers: { ...headers, ...own } };
  };
  return { ...principal, ...add(principal), role: add(principal.role) };
}
