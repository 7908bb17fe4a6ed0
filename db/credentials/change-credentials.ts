import { type Kysely, sql } from 'kysely';
import type { CredentialTable, GatewayDatabase } from '../tables/gateway.ts';
import { inTransaction } from '../transaction.ts';

export interface NewCredential {
  readonly prefix: string;
  readonly hash: Buffer;
  readonly kind: string;
  readonly holder: string;
  readonly scopes: readonly string[];
  readonly attributes: Readonly<Record<string, string>>;
  readonly note: string;
  readonly expiresInDays: number | undefined;
}

/** Keeps a new key. */
export async function createCredential(db: Kysely<GatewayDatabase>, credential: NewCredential): Promise<void> {
  const { expiresInDays, attributes, scopes, ...rest } = credential;
  await db
    .insertInto('credential')
    .values({
      ...rest,
      scopes: [...scopes],
      attributes: JSON.stringify(attributes),
      expires_at:
        expiresInDays === undefined ? null : sql<Date>`now() + make_interval(secs => ${expiresInDays * 86_400})`,
      revoked_at: null,
    })
    .execute();
}

/**
 * Gives a holder a further key with the rights of the one it replaces, which goes on for the overlap. False when there is no such key or it has ended.
 */
export function rotateCredential(
  db: Kysely<GatewayDatabase>,
  oldPrefix: string,
  fresh: { readonly prefix: string; readonly hash: Buffer },
  overlapHours: number,
): Promise<boolean> {
  return inTransaction(db, async (trx) => {
    const old = await trx
      .updateTable('credential')
      .set({
        expires_at: sql<Date>`least(expires_at, now() + make_interval(secs => ${overlapHours * 3_600}))`,
        revision: sql<number>`revision + 1`,
      })
      .where('prefix', '=', oldPrefix)
      .where(sql<boolean>`revoked_at is null and (expires_at is null or expires_at > now())`)
      .returning(['kind', 'holder', 'scopes', 'attributes', 'note'])
      .executeTakeFirst();
    if (old === undefined) return false;
    await trx
      .insertInto('credential')
      .values({ ...old, ...fresh, attributes: JSON.stringify(old.attributes), expires_at: null, revoked_at: null })
      .execute();
    return true;
  });
}

/** Takes a key back at once; gives how many that were: none when it is not there or was taken back before. */
export async function revokeCredential(db: Kysely<GatewayDatabase>, prefix: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('credential')
    .set({ revoked_at: sql<Date>`now()`, revision: sql<number>`revision + 1` })
    .where('prefix', '=', prefix)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** A key as people see it. */
export type ListedCredential = Pick<
  CredentialTable,
  'prefix' | 'kind' | 'holder' | 'scopes' | 'expires_at' | 'revoked_at'
> & {
  readonly attributes: Readonly<Record<string, string>>;
  readonly note: string;
  readonly created_at: Date;
};

/** The newest keys first, at most 1,000. */
export function listCredentials(db: Kysely<GatewayDatabase>): Promise<readonly ListedCredential[]> {
  return db
    .selectFrom('credential')
    .select(['prefix', 'kind', 'holder', 'scopes', 'attributes', 'note', 'created_at', 'expires_at', 'revoked_at'])
    .orderBy('created_at', 'desc')
    .orderBy('prefix')
    .limit(1_000)
    .execute();
}
