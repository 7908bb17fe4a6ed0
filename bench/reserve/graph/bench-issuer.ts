import { exportJWK, generateKeyPair, SignJWT } from 'jose';

const [issuer, audience, algorithm, scope] = ['https://bench.example', 'bench', 'ES256', 'stock:write'] as const;

/** A gateway's setting `issuers` with a key made for this run, and what a writer of stock sends as `authorization`. */
export async function openBenchIssuer(): Promise<{ readonly issuers: string; readonly authorization: string }> {
  const { publicKey, privateKey } = await generateKeyPair(algorithm);
  const keys = [{ ...(await exportJWK(publicKey)), kid: 'bench', alg: algorithm, use: 'sig' }];
  const believed = { issuer, audience, algorithms: [algorithm], jwks: { keys }, kind: 'staff', scopes: [scope] };
  const token = await new SignJWT({ scope })
    .setProtectedHeader({ alg: algorithm, typ: 'JWT', kid: 'bench' })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject('bench')
    .setIssuedAt()
    .setExpirationTime('12 hours')
    .sign(privateKey);
  return { issuers: JSON.stringify([believed]), authorization: `Bearer ${token}` };
}
