import { sql } from 'kysely';
import type { Reader } from '../reader.ts';
import type { IdentityKind } from '../resolver-types.generated.ts';

/** A name that someone may be known by; without a source, whoever calls them so. */
export interface IdentityKey {
  readonly kind: IdentityKind;
  /** As stored: e-mail in lower case. */
  readonly value: string;
  readonly source: string | undefined;
}

/**
 * The profiles that names stand for, in the order of the keys; possibly merged ones. Where several sources know a name for
 * different people, the one who proved it counts, then the one it was recorded for first.
 */
export async function findCustomerIds(
  { db, signal }: Reader,
  keys: readonly IdentityKey[],
): Promise<(string | undefined)[]> {
  const query = sql<{ key: number; customerId: string }>`
    select distinct on (asked.key) asked.key::int, identity.customer_id as "customerId"
      from unnest(${keys.map((key) => key.kind)}::text[], ${keys.map((key) => key.value)}::text[],
                  ${keys.map((key) => key.source ?? null)}::text[])
           with ordinality as asked (kind, value, source, key)
      join customer_identity as identity
        on identity.kind = asked.kind and identity.value = asked.value
       and (asked.source is null or identity.source = asked.source)
     order by asked.key, identity.verified desc, identity.created_at, identity.source`;
  const byKey = new Map((await query.execute(db, { signal })).rows.map((row) => [row.key, row.customerId]));
  return keys.map((_, i) => byKey.get(i + 1));
}
