import { BoundedCache } from '../basics/bounded-cache.ts';
import { hashCredentialKey, isSameHash, readCredentialKey } from './credential-key.ts';
import type { CredentialStore, StoredCredential } from './credential-store.ts';
import type { KindSettings } from './identity-settings.ts';
import type { Principal } from './principal.ts';
import { toPrincipal } from './to-principal.ts';
import { refusal, unavailable } from './verify-token.ts';

/** Verifies API keys and device tokens. Must be closed. */
export interface CredentialVerifier {
  /** Throws UNAUTHENTICATED, or OVERLOADED when the store cannot say. A key that was verified lately is known again without waiting. */
  verify(text: string): Principal | Promise<Principal>;
  /** Undefined for every key that was not verified lately, or is wrong. */
  recall(text: string): Principal | undefined;
  close(): void;
}

export interface CredentialVerifierOptions {
  readonly store: CredentialStore;
  /** For the HMAC of the keys. */
  readonly serverKey: string;
  readonly kinds: KindSettings;
  /** How often the store is asked what has changed. Default 1 s, so that a revocation is in force within 2. */
  readonly pollMs?: number;
  readonly onPollFailed?: ((error: unknown) => void) | undefined;
  readonly now?: (() => number) | undefined;
}

interface Known {
  readonly credential: StoredCredential;
  readonly principal: Principal;
  readonly revoking: AbortController;
  confirmedAt: number;
}

const rememberedKeys = 10_000;
/** Look-ups at the same time: keys that do not exist must not keep the database from those that do. */
const maxLookUps = 64;
/** A key that the store has not confirmed for so long is looked up again before it is believed. */
const maxUnconfirmedMs = 4_000;
/** When nobody can say for so long whether a key was revoked, open sockets are ended as if it were. */
const maxUnconfirmedOpenMs = 20_000;

/**
 * Known keys are verified without waiting: their secret against the hash in memory. What has changed is polled for all of them in one
 * question, so that a revocation reaches every gateway, and through `Principal.revoked` every open socket.
 */
export function createCredentialVerifier(options: CredentialVerifierOptions): CredentialVerifier {
  const { store, serverKey, kinds, pollMs = 1_000, onPollFailed, now = Date.now } = options;
  // Who is not remembered is not polled for: open sockets then prove themselves again.
  const known = new BoundedCache<Known>(rememberedKeys, ({ revoking }) =>
    revoking.abort(new Error('it was forgotten')),
  );
  const lookUps = new Map<string, Promise<Known | undefined>>();
  let isPolling = false;

  function forget(prefix: string, { revoking }: Known, reason: string): void {
    known.delete(prefix);
    revoking.abort(new Error(reason));
  }

  async function lookUp(prefix: string): Promise<Known | undefined> {
    const askedAt = now();
    const credential = await store.find(prefix);
    const before = known.get(prefix);
    if (before !== undefined && before.credential.revision === credential?.revision) {
      before.confirmedAt = askedAt;
      return before;
    }
    if (before !== undefined) forget(prefix, before, 'it has changed');
    if (credential === undefined) return undefined;
    const { kind, id, scopes, attributes, endsInMs } = credential;
    const revoking = new AbortController();
    const expiresAt = endsInMs === undefined ? undefined : askedAt + endsInMs;
    const facts = { kind, id, scopes, attributes, expiresAt, revoked: revoking.signal };
    const entry: Known = { credential, principal: toPrincipal(facts, kinds), revoking, confirmedAt: askedAt };
    known.set(prefix, entry);
    return entry;
  }

  async function lookUpOnce(prefix: string): Promise<Known | undefined> {
    const running = lookUps.get(prefix);
    if (running === undefined && lookUps.size >= maxLookUps) throw unavailable(new Error('too many look-ups'));
    const asked = running ?? lookUp(prefix).finally(() => lookUps.delete(prefix));
    lookUps.set(prefix, asked);
    return asked.catch((cause: unknown) => {
      throw unavailable(cause);
    });
  }

  async function poll(): Promise<void> {
    const entries = new Map(known.entries());
    if (isPolling || entries.size === 0) return;
    isPolling = true;
    const askedAt = now();
    try {
      const revisions = await store.findRevisions([...entries.keys()]);
      for (const [prefix, entry] of entries) {
        if (revisions.get(prefix) === entry.credential.revision) entry.confirmedAt = askedAt;
        else forget(prefix, entry, 'it was revoked or changed');
      }
    } catch (error) {
      onPollFailed?.(error);
      for (const [prefix, entry] of entries) {
        if (now() - entry.confirmedAt > maxUnconfirmedOpenMs) forget(prefix, entry, 'the store does not answer');
      }
    } finally {
      isPolling = false;
    }
  }
  const timer = setInterval(() => void poll(), pollMs).unref();

  /** The hash is computed for unknown keys too, so that time does not tell which prefixes exist. */
  function check(entry: Known | undefined, hash: Buffer): Principal {
    const isRight = isSameHash(hash, entry?.credential.hash ?? Buffer.alloc(32));
    if (!isRight || entry === undefined) throw refusal('there is no such key');
    const { expiresAt } = entry.principal;
    if (expiresAt !== undefined && expiresAt <= now()) throw refusal('the key has ended');
    return entry.principal;
  }

  function findConfirmed(prefix: string): Known | undefined {
    const entry = known.get(prefix);
    return entry !== undefined && now() - entry.confirmedAt <= maxUnconfirmedMs ? entry : undefined;
  }

  return {
    verify(text) {
      const key = readCredentialKey(text);
      if (key === undefined) throw refusal('it is no key');
      const hash = hashCredentialKey(key, serverKey);
      const entry = findConfirmed(key.prefix);
      if (entry !== undefined) return check(entry, hash);
      return lookUpOnce(key.prefix).then((found) => check(found, hash));
    },
    recall(text) {
      const key = readCredentialKey(text);
      const entry = key && findConfirmed(key.prefix);
      if (key === undefined || entry === undefined) return undefined;
      const { expiresAt } = entry.principal;
      const isEnded = expiresAt !== undefined && expiresAt <= now();
      const isRight = isSameHash(hashCredentialKey(key, serverKey), entry.credential.hash);
      return isRight && !isEnded ? entry.principal : undefined;
    },
    close: () => clearInterval(timer),
  };
}
