import { exportJWK, generateKeyPair, SignJWT } from 'jose';

/** A token of each kind of caller that has one. */
export interface Tokens {
  readonly till: string;
  readonly customer: string;
  /** Of one who may hold stock. */
  readonly checkout: string;
}

const [issuer, audience, algorithm] = ['https://bench.example', 'bench', 'ES256'] as const;

/** Tokens of a key made for this run, and a gateway's setting `issuers` that believes them. */
export async function openIssuer(): Promise<{ readonly issuers: string; readonly tokens: Tokens }> {
  const { publicKey, privateKey } = await generateKeyPair(algorithm);
  const keys = [{ ...(await exportJWK(publicKey)), kid: 'bench', alg: algorithm, use: 'sig' }];
  const kinds = { kindClaim: 'kind', kinds: ['till', 'customer'] };
  const sign = (kind: string) =>
    new SignJWT({ kind })
      .setProtectedHeader({ alg: algorithm, typ: 'JWT', kid: 'bench' })
      .setIssuer(issuer)
      .setAudience(audience)
      .setSubject(`a ${kind}`)
      .setIssuedAt()
      .setExpirationTime('12 hours')
      .sign(privateKey);
  return {
    issuers: JSON.stringify([{ issuer, audience, algorithms: [algorithm], jwks: { keys }, ...kinds }]),
    tokens: { till: await sign('till'), customer: await sign('customer'), checkout: await sign('customer') },
  };
}
