import { credentialMark } from './credential-key.ts';
import type { CredentialStore } from './credential-store.ts';
import type { IssuerSettings, KindSettings } from './identity-settings.ts';
import { anonymous, type Identify, type Recall } from './principal.ts';
import { createCredentialVerifier } from './verify-credential.ts';
import { createTokenVerifier, refusal } from './verify-token.ts';

export interface IdentityOptions {
  readonly issuers: readonly IssuerSettings[];
  readonly kinds: KindSettings;
  /** Where API keys and device tokens are, and the server's key for their hashes. */
  readonly credentials?: { readonly store: CredentialStore; readonly serverKey: string } | undefined;
  readonly onPollFailed?: ((error: unknown) => void) | undefined;
  readonly now?: (() => number) | undefined;
}

/** Who is calling, by the proof in `authorization`. Close it when done. */
export interface Identity {
  readonly identify: Identify;
  readonly recall: Recall;
  close(): void;
}

const bearer = /^Bearer ([A-Za-z0-9._~+/=-]+)$/i;

/** Makes the identity of a gateway: no proof is nobody, a proof that is not right is an error, and never nobody. */
export async function createIdentity(options: IdentityOptions): Promise<Identity> {
  const { issuers, kinds, credentials, onPollFailed, now } = options;
  const tokens = await createTokenVerifier(issuers, kinds, now);
  const keys = credentials && createCredentialVerifier({ ...credentials, kinds, onPollFailed, now });
  return {
    identify({ authorization }) {
      if (authorization === undefined) return anonymous;
      const proof = typeof authorization === 'string' ? bearer.exec(authorization)?.[1] : undefined;
      if (proof === undefined) throw refusal('it is no bearer token');
      if (!proof.startsWith(credentialMark)) return tokens.verify(proof);
      if (keys === undefined) throw refusal('there are no keys');
      return keys.verify(proof);
    },
    recall({ authorization }) {
      if (authorization === undefined) return anonymous;
      const proof = typeof authorization === 'string' ? bearer.exec(authorization)?.[1] : undefined;
      if (proof === undefined) return undefined;
      return proof.startsWith(credentialMark) ? keys?.recall(proof) : tokens.recall(proof);
    },
    close: () => keys?.close(),
  };
}
