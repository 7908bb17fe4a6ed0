import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** An API key or device token as its bearer has it: `osk_<prefix>_<secret>`. Shown once, and never kept. */
export interface CredentialKey {
  /** By which it is looked up; no secret. 48 bits. */
  readonly prefix: string;
  /** The whole of it. Its secret part has 192 bits. */
  readonly text: string;
}

const pattern = /^osk_([0-9a-f]{12})_[0-9a-f]{48}$/;
/** What tells such a key from other proofs, and from other texts. */
export const credentialMark = 'osk_';

export function makeCredentialKey(): CredentialKey {
  const prefix = randomBytes(6).toString('hex');
  return { prefix, text: `${credentialMark}${prefix}_${randomBytes(24).toString('hex')}` };
}

/** Undefined for a text that is no key. */
export function readCredentialKey(text: string): CredentialKey | undefined {
  const prefix = pattern.exec(text)?.[1];
  return prefix === undefined ? undefined : { prefix, text };
}

/** What is kept of a key: HMAC-SHA-256 with a key of the server's, so that a copied table lets nobody in. 32 bytes. */
export function hashCredentialKey({ text }: CredentialKey, serverKey: string): Buffer {
  return createHmac('sha256', serverKey).update(text).digest();
}

/** Compares in a time that tells nothing. */
export function isSameHash(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}
