import { createHmac, generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CompactEncrypt, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { describe, expect, onTestFinished, test } from 'vitest';
import { GatewayError } from '../../../gateway/errors.ts';
import { createIdentity } from '../../../gateway/identity/create-identity.ts';
import { issuersSchema } from '../../../gateway/identity/identity-settings.ts';
import type { Principal } from '../../../gateway/identity/principal.ts';
import { audience, createTestIssuer, issuerName, issuerSettings } from './test-issuer.ts';

const issuer = await createTestIssuer();
const kinds = { clerk: { limits: 'partner', grants: ['clerk'], contract: 'outside' } } as const;

async function open(changes: Record<string, unknown> = {}, now?: () => number) {
  const identity = await createIdentity({
    issuers: issuerSettings(issuer, changes),
    kinds: { clerk: { ...kinds.clerk, grants: [...kinds.clerk.grants] } },
    now,
  });
  onTestFinished(() => identity.close());
  return async (token: string): Promise<Principal> => identity.identify({ authorization: `Bearer ${token}` });
}

/** The code of the refusal. */
async function refused(answer: Promise<unknown>): Promise<string> {
  const error = await answer.then(
    (principal) => new Error(`let in: ${JSON.stringify(principal)}`),
    (reason: unknown) => reason,
  );
  if (!(error instanceof GatewayError)) throw error;
  expect(error.message).not.toMatch(/jose|jwt|issuer|expired|signature/i);
  return error.code;
}

const seconds = (offset: number): number => Math.floor(Date.now() / 1_000) + offset;

test('a right token says who is calling, with the scopes that its issuer may give and those of its kind', async () => {
  const verify = await open();
  const token = await issuer.sign({ place_id: 'north', scope: 'a:read b:write clerk' });
  const principal = await verify(token);
  expect(principal).toMatchObject({ kind: 'clerk', id: 'u1', caller: 'partner', contract: 'outside' });
  expect([...principal.scopes]).toEqual(['a:read', 'clerk']);
  expect(principal.attributes).toEqual({ place: 'north' });
  expect(await verify(token)).toBe(principal);
});

test('a known token is known again without waiting', async () => {
  const identity = await createIdentity({ issuers: issuerSettings(issuer), kinds: {} });
  const authorization = `Bearer ${await issuer.sign()}`;
  const first = await identity.identify({ authorization });
  expect(identity.identify({ authorization })).toBe(first);
  expect(first.caller).toBe('person');
});

describe('A72: a header that says where its key is', () => {
  test.each(['../../dev/null', "x' union select", '\u0000', '__proto__'])('kid %j', async (kid) => {
    expect(await refused((await open())(await issuer.sign({}, { kid })))).toBe('UNAUTHENTICATED');
  });

  test('jku, x5u and jwk of a stranger are not looked at, and nobody is asked', async () => {
    const stranger = await createTestIssuer('k1');
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end(JSON.stringify(stranger.jwks));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`;
    const verify = await open();
    for (const header of [{ jku: url }, { x5u: url }, { jwk: stranger.jwks.keys[0] }]) {
      expect(await refused(verify(await stranger.sign({}, header)))).toBe('UNAUTHENTICATED');
    }
    expect(asked).toEqual([]);
  });
});

describe('A73: claims', () => {
  const wrong: [string, Record<string, unknown>][] = [
    ['expired', { exp: seconds(-31) }],
    ['not yet', { nbf: seconds(60) }],
    ['without an end', { exp: undefined }],
    ['with an end that is no number', { exp: 'tomorrow' }],
    ['made tomorrow', { iat: seconds(86_400) }],
    ['of another issuer', { iss: 'https://issuer.test/realms/other' }],
    ['of an issuer that begins alike', { iss: `${issuerName}/` }],
    ['without an issuer', { iss: undefined }],
    ['for another audience', { aud: 'another' }],
    ['for nobody', { aud: undefined }],
    ['for others', { aud: ['another', 'a-third'] }],
    ['of nobody', { sub: undefined }],
    ['of an empty name', { sub: '' }],
    ['of somebody that is no text', { sub: { $ne: null } }],
  ];
  test.each(wrong)('a token %s is refused', async (_what, claims) => {
    expect(await refused((await open())(await issuer.sign(claims)))).toBe('UNAUTHENTICATED');
  });

  test('one of several audiences is enough', async () => {
    expect((await (await open())(await issuer.sign({ aud: ['another', audience] }))).id).toBe('u1');
  });

  test('clocks may differ by 30 s and no more', async () => {
    const token = await issuer.sign({ exp: seconds(0), iat: seconds(-10) });
    const at = (offset: number) => open({}, () => Date.now() + offset * 1_000);
    expect((await (await at(28))(token)).id).toBe('u1');
    expect(await refused((await at(33))(token))).toBe('UNAUTHENTICATED');
    const early = await issuer.sign({ nbf: seconds(100), iat: seconds(100), exp: seconds(500) });
    expect((await (await at(72))(early)).id).toBe('u1');
    expect(await refused((await at(65))(early))).toBe('UNAUTHENTICATED');
  });

  test('a remembered token ends with its time', async () => {
    let offsetMs = 0;
    const verify = await open({}, () => Date.now() + offsetMs);
    const token = await issuer.sign({ exp: seconds(60) });
    expect((await verify(token)).id).toBe('u1');
    offsetMs = 95_000;
    expect(await refused(verify(token))).toBe('UNAUTHENTICATED');
  });

  test('the kind is one that the issuer may name', async () => {
    const verify = await open({ kind: undefined, kindClaim: 'role', kinds: ['clerk', 'guest'] });
    expect((await verify(await issuer.sign({ role: 'guest' }))).kind).toBe('guest');
    for (const role of ['owner', 'anonymous', undefined, ['clerk'], 'toString']) {
      expect(await refused(verify(await issuer.sign({ role })))).toBe('UNAUTHENTICATED');
    }
  });
});

describe('A74: the form of a token', () => {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { iss: issuerName, aud: audience, sub: 'u1', exp: seconds(600) };
  const header = { alg: 'ES256', kid: 'k1', typ: 'JWT' };

  test.each([
    ['a signature of zeros', `${part(header)}.${part(claims)}.${Buffer.alloc(64).toString('base64url')}`],
    ['no signature', `${part(header)}.${part(claims)}.`],
    ['alg none', `${part({ ...header, alg: 'none' })}.${part(claims)}.`],
    ['alg None', `${part({ ...header, alg: 'None' })}.${part(claims)}.AAAA`],
    ['two parts', `${part(header)}.${part(claims)}`],
    ['text', 'hello'],
    ['dots', '....'],
    ['claims that are a list', `${part(header)}.${part([])}.AAAA`],
  ])('%s', async (_what, token) => {
    expect(await refused((await open())(token))).toBe('UNAUTHENTICATED');
  });

  test('a token cut short or changed by a letter', async () => {
    const verify = await open();
    const token = await issuer.sign();
    const [head = '', body = '', signature = ''] = token.split('.');
    const changed = signature.startsWith('A') ? `B${signature.slice(1)}` : `A${signature.slice(1)}`;
    const other = part({ ...JSON.parse(Buffer.from(body, 'base64url').toString()), sub: 'u2' });
    const tokens = [
      token.slice(0, -1),
      `${head}.${body}.${changed}`,
      `${head}.${other}.${signature}`,
      `${token}=`,
      `${token}.`,
    ];
    for (const each of tokens) expect(await refused(verify(each))).toBe('UNAUTHENTICATED');
  });

  test('an HMAC made with the public key', async () => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
    const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'k1' };
    const identity = await createIdentity({
      issuers: issuerSettings({ jwks: { keys: [jwk] } } as never, { algorithms: ['RS256'] }),
      kinds: {},
    });
    const head = `${part({ ...header, alg: 'HS256' })}.${part(claims)}`;
    const pem = publicKey.export({ type: 'spki', format: 'pem' });
    const signature = createHmac('sha256', pem).update(head).digest('base64url');
    const answer = async () => identity.identify({ authorization: `Bearer ${head}.${signature}` });
    expect(await refused(answer())).toBe('UNAUTHENTICATED');
    for (const algorithm of ['HS256', 'none']) {
      expect(issuersSchema.safeParse([{ ...issuerSettings(issuer)[0], algorithms: [algorithm] }]).success).toBe(false);
    }
  });

  test('a critical header that nobody knows, another type, another algorithm of the same key', async () => {
    const verify = await open();
    expect(await refused(verify(await issuer.sign({}, { typ: 'at+jwt' })))).toBe('UNAUTHENTICATED');
    expect(await refused(verify(await issuer.sign({}, { typ: undefined })))).toBe('UNAUTHENTICATED');
    const token = await issuer.sign();
    const [, body] = token.split('.');
    const critical = `${part({ ...header, crit: ['exp2'], exp2: 1 })}.${body}.${token.split('.')[2]}`;
    expect(await refused(verify(critical))).toBe('UNAUTHENTICATED');
    const verifyOther = await open({ algorithms: ['RS256'] });
    expect(await refused(verifyOther(token))).toBe('UNAUTHENTICATED');
  });

  test('an encrypted token, and a huge one', async () => {
    const verify = await open();
    const { publicKey } = await generateKeyPair('ECDH-ES+A128KW');
    const sealed = await new CompactEncrypt(new TextEncoder().encode(JSON.stringify(claims)))
      .setProtectedHeader({ alg: 'ECDH-ES+A128KW', enc: 'A128GCM', kid: 'k1' })
      .encrypt(publicKey);
    expect(await refused(verify(sealed))).toBe('UNAUTHENTICATED');
    const startedAt = performance.now();
    expect(await refused(verify('a'.repeat(1_000_000)))).toBe('UNAUTHENTICATED');
    expect(performance.now() - startedAt).toBeLessThan(50);
  });

  test.each(['Basic dTpw', 'Bearer', 'Bearer ', 'Bearer a b', 'bearer\ta', 'Bearer a, Bearer b', ''])(
    'Authorization: %j is refused, and is not nobody',
    async (authorization) => {
      const identity = await createIdentity({ issuers: issuerSettings(issuer), kinds: {} });
      expect(await refused((async () => identity.identify({ authorization }))())).toBe('UNAUTHENTICATED');
    },
  );
});

describe('keys over the network', () => {
  test('a new key is found, one that was withdrawn is forgotten with its set, and an issuer that is away is not the token’s fault', async () => {
    const next = await createTestIssuer('k2');
    let keys: readonly unknown[] = issuer.jwks.keys;
    let isAway = false;
    const server = createServer((_request, response) => {
      response.writeHead(isAway ? 500 : 200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const jwksUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`;
    isAway = true;
    const verify = await open({ jwks: undefined, jwksUrl });
    expect(await refused(verify(await issuer.sign()))).toBe('OVERLOADED');
    isAway = false;
    keys = [...issuer.jwks.keys, ...next.jwks.keys];
    expect((await verify(await issuer.sign())).id).toBe('u1');
    expect((await verify(await next.sign({ sub: 'u2' }))).id).toBe('u2');
  });
});

test('two issuers of one kind must tell their people apart', () => {
  const [settings] = issuerSettings(issuer);
  expect(issuersSchema.safeParse([settings, { ...settings, issuer: 'https://other.test' }]).success).toBe(false);
  const apart = [settings, { ...settings, issuer: 'https://other.test', idPrefix: 'other:' }];
  expect(issuersSchema.safeParse(apart).success).toBe(true);
});

test('a stranger with the right key id is refused', async () => {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  expect(await exportJWK(publicKey)).toBeDefined();
  const token = await new SignJWT({ iss: issuerName, aud: audience, sub: 'u1', exp: seconds(600) })
    .setProtectedHeader({ alg: 'ES256', kid: 'k1', typ: 'JWT' })
    .sign(privateKey);
  expect(await refused((await open())(token))).toBe('UNAUTHENTICATED');
});
