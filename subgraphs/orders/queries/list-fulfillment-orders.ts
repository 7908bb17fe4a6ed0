import { type Kysely, sql } from 'kysely';
import type { OrdersDatabase } from '../../../db/tables/orders.ts';
import type { FulfillmentOrderParent } from '../parents.ts';
import { maxPartsOfOrder } from './part-limits.ts';

const columns = [
  'part.id',
  'part.order_id as orderId',
  'part.location_id as locationId',
  'part.method',
  'part.status',
  'part.promised_by as promisedBy',
] as const;

/** The fulfilment orders of several orders in one statement, the earliest first, at most 100 an order. */
export function listFulfillmentOrders(
  db: Kysely<OrdersDatabase>,
  orderIds: readonly string[],
  signal: AbortSignal,
): Promise<readonly FulfillmentOrderParent[]> {
  return db
    .selectFrom(sql<{ order_id: string }>`unnest(${orderIds}::text[])`.as<'asked'>(sql`asked(order_id)`))
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('fulfillment_order')
          .whereRef('fulfillment_order.order_id', '=', 'asked.order_id')
          .selectAll('fulfillment_order')
          .orderBy('fulfillment_order.created_at')
          .orderBy('fulfillment_order.id')
          .limit(maxPartsOfOrder)
          .as('part'),
      (join) => join.onTrue(),
    )
    .select(columns)
    .orderBy('part.created_at')
    .orderBy('part.id')
    .execute({ signal });
}

/** The fulfilment orders with these ids, in no order; unknown ids are left out. */
export function findFulfillmentOrders(
  db: Kysely<OrdersDatabase>,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<readonly FulfillmentOrderParent[]> {
  return db
    .selectFrom('fulfillment_order as part')
    .where('part.id', '=', sql<string>`any(${ids}::text[])`)
    .select(columns)
    .execute({ signal });
}
