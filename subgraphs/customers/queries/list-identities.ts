import { sql } from 'kysely';
import type { Reader } from '../reader.ts';
import type { CustomerIdentity } from '../resolver-types.generated.ts';
import { families } from './merged-profiles.ts';

/** How many names of one customer are shown at most. */
const maxIdentities = 100;

/** What customers are known by, in the order of the ids; with the names of the profiles merged into theirs. */
export async function listIdentities(
  { db, signal }: Reader,
  customerIds: readonly string[],
): Promise<CustomerIdentity[][]> {
  const query = sql<CustomerIdentity & { key: number }>`
    with recursive asked (key, id) as (
      select key, id from unnest(${[...customerIds]}::text[]) with ordinality as asked (id, key)),
    ${families}
    select key::int, kind, value, source, verified from (
      select family.key, identity.*,
             row_number() over (partition by family.key order by identity.kind, identity.value, identity.source) as place
        from family join customer_identity as identity on identity.customer_id = family.id) as named
     where place <= ${maxIdentities}
     order by key, place`;
  const groups = Map.groupBy((await query.execute(db, { signal })).rows, (row) => row.key);
  return customerIds.map((_, i) => groups.get(i + 1) ?? []);
}
