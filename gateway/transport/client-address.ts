import type { IncomingMessage } from 'node:http';
import proxyAddr from '@fastify/proxy-addr';

/** Where a request comes from. */
export type ClientAddress = (request: IncomingMessage) => string;

/**
 * For upgrades, which Fastify does not see, by what it does for requests: `X-Forwarded-For` is read from its end, past the proxies that are
 * trusted, and not at all when the peer is none of them.
 */
export function createClientAddress(trustedProxies: readonly string[]): ClientAddress {
  if (trustedProxies.length === 0) return ({ socket }) => socket.remoteAddress ?? '';
  const isTrusted = proxyAddr.compile([...trustedProxies]);
  return (request) => proxyAddr(request, isTrusted);
}
