import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';
import { readCommandConfig } from './config.ts';
import { readMachineFile } from './machine-file.ts';
import { staffScopes } from './own-kinds.ts';

const issuer = 'https://development.oneshelf.example';
const audience = 'oneshelf';
const algorithm = 'ES256';

/** What a token of the development issuer says. */
export interface TokenFacts {
  readonly kind: 'staff' | 'customer';
  readonly id: string;
  readonly scopes: readonly string[];
  /** The customer's id, for a customer. */
  readonly customer?: string | undefined;
  readonly hours: number;
}

/** Issues tokens to whoever can read this user's files, for trying out and for tests; there is none in production. */
export interface DevelopmentIssuer {
  /** As the gateway's setting `issuers` has it: the public key only. */
  readonly settings: Readonly<Record<string, unknown>>;
  issue(facts: TokenFacts): Promise<string>;
}

/**
 * Opens the issuer; its key is a file of the data folder, made by whoever comes first, so that tokens outlive a restart.
 * @throws Error in production
 */
export async function openDevelopmentIssuer(): Promise<DevelopmentIssuer> {
  if (readCommandConfig().isProduction) throw new Error('The development issuer does not run in production.');
  const jwk = await readKey();
  const { d: _private, ...publicJwk } = jwk;
  const key = await importJWK(jwk, algorithm);
  return {
    settings: {
      issuer,
      audience,
      algorithms: [algorithm],
      jwks: { keys: [publicJwk] },
      kindClaim: 'kind',
      kinds: ['staff', 'customer'],
      scopes: staffScopes,
      attributes: { customer: 'customer' },
    },
    issue({ kind, id, scopes, customer, hours }) {
      return new SignJWT({ kind, scope: scopes.join(' '), ...(customer === undefined ? {} : { customer }) })
        .setProtectedHeader({ alg: algorithm, typ: 'JWT', kid: jwk.kid ?? '' })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(id)
        .setIssuedAt()
        .setExpirationTime(Math.floor(Date.now() / 1_000) + Math.round(hours * 3_600))
        .sign(key);
    },
  };
}

async function readKey(): Promise<JWK> {
  const text = await readMachineFile('development-issuer.json', async () => {
    const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
    return JSON.stringify({ ...(await exportJWK(privateKey)), alg: algorithm, use: 'sig', kid: randomUUID() });
  });
  return JSON.parse(text) as JWK;
}
