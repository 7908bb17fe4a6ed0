import { readFile } from 'node:fs/promises';
import { createLocalJWKSet, createRemoteJWKSet, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import type { IssuerSettings } from './identity-settings.ts';

/** An issuer that does not answer keeps a request no longer than this. */
const fetchTimeoutMs = 3_000;
/** Tokens with unknown keys make us ask the issuer again, but not more often. */
const cooldownMs = 30_000;
/** A key that was withdrawn is believed no longer than this. */
const maxAgeMs = 10 * 60_000;

/**
 * Where an issuer's keys come from. A key is chosen by the header's `kid` and `alg` among the issuer's own; whatever else a header
 * names (`jku`, `x5u`, `jwk`) is never looked at. Throws when a file cannot be read or holds no keys.
 */
export async function openTokenKeys({ jwksUrl, jwksFile, jwks }: IssuerSettings): Promise<JWTVerifyGetKey> {
  if (jwksUrl !== undefined) {
    return createRemoteJWKSet(new URL(jwksUrl), {
      timeoutDuration: fetchTimeoutMs,
      cooldownDuration: cooldownMs,
      cacheMaxAge: maxAgeMs,
    });
  }
  const keys: unknown = jwksFile === undefined ? jwks : JSON.parse(await readFile(jwksFile, 'utf8'));
  return createLocalJWKSet(keys as JSONWebKeySet);
}
