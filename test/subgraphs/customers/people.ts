import type { Kysely } from 'kysely';
import type { CustomersDatabase } from '../../../db/tables/customers.ts';

let orders = 0;

/** A profile; merged into another when that is named. */
export async function addCustomer(
  db: Kysely<CustomersDatabase>,
  id: string,
  mergedInto: string | null = null,
): Promise<void> {
  await db
    .insertInto('customer')
    .values({ id, display_name: `Customer ${id}`, country_code: 'GB', merged_into: mergedInto })
    .execute();
}

/** An order that someone placed on a channel at an instant; or something brought back. */
export async function addInteraction(
  db: Kysely<CustomersDatabase>,
  customer_id: string,
  channel_id: string,
  at: string,
  kind: 'ORDERED' | 'RETURNED' = 'ORDERED',
): Promise<void> {
  orders += 1;
  await db
    .insertInto('interaction')
    .values({
      customer_id,
      channel_id,
      kind,
      reference: `o${orders}`,
      summary: `${kind} ${orders}`,
      occurred_at: new Date(at),
    })
    .execute();
}
