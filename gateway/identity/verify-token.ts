import { createHash } from 'node:crypto';
import { decodeJwt, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { BoundedCache } from '../basics/bounded-cache.ts';
import { type GatewayError, shownError } from '../errors.ts';
import type { IssuerSettings, KindSettings } from './identity-settings.ts';
import type { Principal } from './principal.ts';
import { toPrincipal } from './to-principal.ts';
import { openTokenKeys } from './token-keys.ts';

/** Verifies JWTs. A token that was verified before is known again without waiting. */
export interface TokenVerifier {
  verify(token: string): Principal | Promise<Principal>;
  /** Undefined for every token that is not known by now. */
  recall(token: string): Principal | undefined;
}

const maxTokenChars = 8_192;
const rememberedTokens = 20_000;
/** Clocks of issuers differ from ours. */
export const toleranceSeconds = 30;

interface OpenIssuer {
  readonly settings: IssuerSettings;
  readonly keys: JWTVerifyGetKey;
}

/** Makes the verifier of all issuers; reads their key files, and asks nobody yet. */
export async function createTokenVerifier(
  issuers: readonly IssuerSettings[],
  kinds: KindSettings,
  now: () => number = Date.now,
): Promise<TokenVerifier> {
  const open = new Map<string, OpenIssuer>();
  for (const settings of issuers) open.set(settings.issuer, { settings, keys: await openTokenKeys(settings) });
  const known = new BoundedCache<Principal>(rememberedTokens);

  const verify = async (token: string, hash: string): Promise<Principal> => {
    const { settings, keys } = findIssuer(token, open);
    const payload = await verifySignature(token, settings, keys, now());
    const principal = toPrincipal(readClaims(payload, settings, now()), kinds);
    known.set(hash, principal);
    return principal;
  };

  // By hash: a token in a dump of our memory could be used.
  const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url');
  const find = (hash: string): Principal | undefined => {
    const principal = known.get(hash);
    return principal?.expiresAt !== undefined && principal.expiresAt > now() ? principal : undefined;
  };
  return {
    verify(token) {
      if (token.length > maxTokenChars) throw refusal('it is too long');
      const hash = hashOf(token);
      return find(hash) ?? verify(token, hash);
    },
    recall: (token) => (token.length > maxTokenChars ? undefined : find(hashOf(token))),
  };
}

/** Throws UNAUTHENTICATED for what is no token of a known issuer. What is read here is not believed yet. */
function findIssuer(token: string, issuers: ReadonlyMap<string, OpenIssuer>): OpenIssuer {
  let claimed: unknown;
  try {
    claimed = decodeJwt(token).iss;
  } catch (cause) {
    throw refusal('it is no JWT', cause);
  }
  const issuer = typeof claimed === 'string' ? issuers.get(claimed) : undefined;
  if (issuer === undefined) throw refusal('its issuer is not known');
  return issuer;
}

async function verifySignature(
  token: string,
  { algorithms, issuer, audience, type, idClaim }: IssuerSettings,
  keys: JWTVerifyGetKey,
  now: number,
): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, keys, {
      algorithms: [...algorithms],
      issuer,
      audience: [...audience],
      typ: type,
      clockTolerance: toleranceSeconds,
      requiredClaims: ['exp', idClaim],
      currentDate: new Date(now),
    });
    return payload;
  } catch (cause) {
    throw isTokensFault(cause) ? refusal('it does not verify', cause) : unavailable(cause);
  }
}

/** Whatever else goes wrong is the way to the issuer's keys: the same token may be right a moment later. */
function isTokensFault(cause: unknown): boolean {
  if (!(cause instanceof errors.JOSEError)) return false;
  return !['ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID', 'ERR_JOSE_GENERIC'].includes(cause.code);
}

function readClaims(payload: JWTPayload, settings: IssuerSettings, now: number) {
  const { exp = 0, iat } = payload;
  if (iat !== undefined && iat * 1_000 > now + toleranceSeconds * 1_000) throw refusal('it is from the future');
  const id = payload[settings.idClaim];
  const kind = settings.kind ?? payload[settings.kindClaim ?? ''];
  if (typeof id !== 'string' || id === '') throw refusal('it names nobody');
  if (typeof kind !== 'string' || (settings.kind === undefined && !settings.kinds.includes(kind))) {
    throw refusal('it names no kind of caller that its issuer may name');
  }
  const attributes: Record<string, string> = {};
  for (const [name, claim] of Object.entries(settings.attributes)) {
    const value = payload[claim];
    if (typeof value === 'string') attributes[name] = value;
  }
  // Within the tolerance a token is still taken; one that has not ended ends at its own time.
  const endsAt = exp * 1_000 > now ? exp * 1_000 : (exp + toleranceSeconds) * 1_000;
  return {
    kind,
    id: settings.idPrefix + id,
    scopes: readScopes(payload[settings.scopeClaim]).filter((scope) => settings.scopes.includes(scope)),
    attributes,
    expiresAt: endsAt,
  };
}

/** A text with spaces, as OAuth has it, or a list. */
function readScopes(claim: unknown): readonly string[] {
  if (typeof claim === 'string') return claim.split(' ');
  return Array.isArray(claim) ? claim.filter((scope) => typeof scope === 'string') : [];
}

/** The client learns that its proof is not valid, and nothing of why; the reason is for the audit log. */
export function refusal(reason: string, cause?: unknown): GatewayError {
  return shownError('UNAUTHENTICATED', 'The proof of identity is not valid.', { cause: new Error(reason, { cause }) });
}

/** The caller may be right: who could say so does not answer. */
export function unavailable(cause: unknown): GatewayError {
  return shownError('OVERLOADED', 'Proofs of identity cannot be verified now; try again.', { cause });
}
