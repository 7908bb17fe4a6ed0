import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { OrdersDatabase } from '../../../db/tables/orders.ts';
import type { OrderRow } from '../parents.ts';
import { orderColumns } from './order-columns.ts';

/** The orders with these ids or numbers, in no order; keys that no order has are left out. */
export function findOrders(
  db: Kysely<OrdersDatabase>,
  key: 'id' | 'number',
  values: readonly string[],
  signal: AbortSignal,
): Promise<readonly OrderRow[]> {
  return db
    .selectFrom('order')
    .where(`order.${key}`, '=', sql<string>`any(${values}::text[])`)
    .select(orderColumns)
    .execute({ signal });
}
