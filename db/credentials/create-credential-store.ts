import { type Kysely, sql } from 'kysely';
import type { GatewayDatabase } from '../tables/gateway.ts';

/** A key as the gateway keeps it in mind. */
export interface FoundCredential {
  readonly prefix: string;
  readonly hash: Buffer;
  readonly kind: string;
  readonly id: string;
  readonly scopes: readonly string[];
  readonly attributes: Readonly<Record<string, string>>;
  readonly endsInMs: number | undefined;
  readonly revision: string;
}

/** Where the gateway finds API keys and device tokens; the database's clock decides which have ended. */
export function createCredentialStore(db: Kysely<GatewayDatabase>) {
  const isAlive = sql<boolean>`revoked_at is null and (expires_at is null or expires_at > now())`;
  return {
    async find(prefix: string): Promise<FoundCredential | undefined> {
      const row = await db
        .selectFrom('credential')
        .select(['hash', 'kind', 'holder', 'scopes', 'attributes', 'revision'])
        .select(sql<number | null>`(extract(epoch from expires_at - now()) * 1000)::float8`.as('ends_in_ms'))
        .where('prefix', '=', prefix)
        .where(isAlive)
        .executeTakeFirst();
      if (row === undefined) return undefined;
      const { hash, kind, holder, scopes, attributes, revision, ends_in_ms } = row;
      const endsInMs = ends_in_ms ?? undefined;
      return { prefix, hash, kind, id: holder, scopes, attributes, endsInMs, revision: String(revision) };
    },
    async findRevisions(prefixes: readonly string[]): Promise<ReadonlyMap<string, string>> {
      const rows = await db
        .selectFrom('credential')
        .select(['prefix', 'revision'])
        .where(sql<boolean>`prefix = any(${prefixes}::text[])`)
        .where(isAlive)
        .execute();
      return new Map(rows.map(({ prefix, revision }) => [prefix, String(revision)]));
    },
  };
}
