/** A key as it is kept. One that has ended, by time or by revocation, is not given out. */
export interface StoredCredential {
  readonly prefix: string;
  /** See hashCredentialKey. */
  readonly hash: Buffer;
  readonly kind: string;
  /** Whose it is; stays the same when the key is rotated. */
  readonly id: string;
  readonly scopes: readonly string[];
  readonly attributes: Readonly<Record<string, string>>;
  /** Milliseconds from now by the store's clock; undefined is never. */
  readonly endsInMs: number | undefined;
  /** Another one for every change. */
  readonly revision: string;
}

/** Where keys are kept; the gateway itself has no database. */
export interface CredentialStore {
  find(prefix: string): Promise<StoredCredential | undefined>;
  /** The revisions of those among these that have not ended. */
  findRevisions(prefixes: readonly string[]): Promise<ReadonlyMap<string, string>>;
}
