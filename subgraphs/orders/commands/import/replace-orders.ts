import { sql, type Transaction } from 'kysely';
import type { OrdersDatabase } from '../../../../db/tables/orders.ts';
import { type OrderToImport, totalOf } from './order-to-import.ts';

interface Plan {
  readonly id: string;
  readonly order: OrderToImport;
}

/** Writes the heads of orders anew that are kept already. */
export async function updateOrderHeads(trx: Transaction<OrdersDatabase>, plans: readonly Plan[]): Promise<void> {
  if (plans.length === 0) return;
  const orders = plans.map(({ order }) => order);
  await sql`
    update "order" set customer_id = given.customer_id, email = given.email, currency_code = given.currency_code,
           country_code = given.country_code, placed_at = given.placed_at, total_minor = given.total_minor,
           status = given.status, version = version + 1, updated_at = now()
      from unnest(
        ${plans.map(({ id }) => id)}::text[], ${orders.map(({ customerId }) => customerId)}::text[],
        ${orders.map(({ email }) => email)}::text[], ${orders.map(({ currencyCode }) => currencyCode)}::text[],
        ${orders.map(({ countryCode }) => countryCode)}::text[], ${orders.map(({ placedAt }) => placedAt.toISOString())}::timestamptz[],
        ${orders.map(totalOf)}::bigint[], ${orders.map(({ fulfillment }) => fulfillment.status)}::text[])
        as given (id, customer_id, email, currency_code, country_code, placed_at, total_minor, status)
     where "order".id = given.id`.execute(trx);
}

/** Removes lines, events and fulfilments of orders, which are then written anew. */
export async function removeOrderContents(trx: Transaction<OrdersDatabase>, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await trx.deleteFrom('order_event').where('order_id', 'in', ids).execute();
  await trx.deleteFrom('fulfillment_order').where('order_id', 'in', ids).execute();
  await trx.deleteFrom('order_line').where('order_id', 'in', ids).execute();
}
