import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';
import { issuersSchema } from '../../../gateway/identity/identity-settings.ts';

export const issuerName = 'https://issuer.test/realms/shop';
export const audience = 'the-graph';

/** An OpenID issuer's keys, and tokens signed with them. */
export interface TestIssuer {
  readonly jwks: { readonly keys: readonly JWK[] };
  /** A right token, unless it is told otherwise. */
  sign(claims?: JWTPayload, header?: Record<string, unknown>): Promise<string>;
}

export async function createTestIssuer(kid = 'k1', alg = 'ES256'): Promise<TestIssuer> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid, alg, use: 'sig' }] };
  return {
    jwks,
    sign(claims = {}, header = {}) {
      const now = Math.floor(Date.now() / 1_000);
      const usual = { iss: issuerName, aud: audience, sub: 'u1', iat: now, exp: now + 600, scope: 'a:read b:write' };
      const given = Object.fromEntries(
        Object.entries({ ...usual, ...claims }).filter(([, value]) => value !== undefined),
      );
      return new SignJWT(given as JWTPayload).setProtectedHeader({ alg, kid, typ: 'JWT', ...header }).sign(privateKey);
    },
  };
}

/** Settings under which the issuer is believed. */
export function issuerSettings({ jwks }: Pick<TestIssuer, 'jwks'>, changes: Record<string, unknown> = {}) {
  const usual = {
    issuer: issuerName,
    audience,
    algorithms: ['ES256'],
    kind: 'clerk',
    scopes: ['a:read', 'c:read'],
    attributes: { place: 'place_id' },
    jwks,
  };
  return issuersSchema.parse([{ ...usual, ...changes }]);
}
