import { sql } from 'kysely';
import type { InteractionParent } from '../parents.ts';
import type { Reader } from '../reader.ts';
import { families } from './merged-profiles.ts';

/** A page of a customer's history: `after` is exclusive. */
export interface InteractionsKey {
  readonly customerId: string;
  readonly limit: number;
  readonly after: { readonly at: string; readonly id: number } | undefined;
}

/**
 * A page of history for each key, the latest first, in the order of the keys: one statement for any number of customers. Each
 * profile of a family gives at most a page from its index before they are put in order, however long its history is.
 */
export async function listInteractions(
  { db, signal }: Reader,
  keys: readonly InteractionsKey[],
): Promise<InteractionParent[][]> {
  const query = sql<InteractionParent & { key: number }>`
    with recursive page (key, id, "limit", after_at, after_id) as (
      select key, id, "limit", after_at, after_id
        from unnest(${keys.map((key) => key.customerId)}::text[], ${keys.map((key) => key.limit)}::int[],
                    ${keys.map((key) => key.after?.at ?? 'infinity')}::timestamptz[],
                    ${keys.map((key) => key.after?.id ?? Number.MAX_SAFE_INTEGER)}::bigint[])
             with ordinality as asked (id, "limit", after_at, after_id, key)),
    asked (key, id) as (select key, id from page),
    ${families}
    select key::int, id, occurred_at as at, (extract(epoch from occurred_at) * 1000000)::bigint as "atMicroseconds",
           channel_id as "channelId", kind, summary
      from (
        select page.key, page."limit", done.*,
               row_number() over (partition by page.key order by done.occurred_at desc, done.id desc) as place
          from page join family on family.key = page.key
         cross join lateral (
           select * from interaction
            where interaction.customer_id = family.id
              and (interaction.occurred_at, interaction.id) < (page.after_at, page.after_id)
            order by interaction.occurred_at desc, interaction.id desc
            limit page."limit") as done) as history
     where place <= "limit"
     order by key, place`;
  const groups = Map.groupBy((await query.execute(db, { signal })).rows, (row) => row.key);
  return keys.map((_, i) => groups.get(i + 1) ?? []);
}
