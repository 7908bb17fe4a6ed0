import { sql } from 'kysely';
import type { CustomerParent } from '../parents.ts';
import type { Reader } from '../reader.ts';

/** Customers by id, in the order of the ids; the profile that was kept for one that was merged; undefined where there is none. */
export async function findCustomers(
  { db, signal }: Reader,
  ids: readonly string[],
): Promise<(CustomerParent | undefined)[]> {
  const query = sql<CustomerParent & { askedId: string }>`
    with recursive trail (asked_id, id) as (
      select id, id from customer where id = any(${[...ids]}::text[])
      union
      select trail.asked_id, customer.merged_into from trail join customer on customer.id = trail.id
       where customer.merged_into is not null)
    select trail.asked_id as "askedId", customer.id, customer.display_name as "displayName",
           customer.country_code as "countryCode"
      from trail join customer on customer.id = trail.id
     where customer.merged_into is null`;
  const byId = new Map((await query.execute(db, { signal })).rows.map((row) => [row.askedId, row]));
  return ids.map((id) => byId.get(id));
}
