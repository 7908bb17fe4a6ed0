import { type Kysely, sql } from 'kysely';
import type { OrdersDatabase } from '../../../db/tables/orders.ts';
import type { FulfillmentParent } from '../parents.ts';
import { maxPartsOfOrder } from './part-limits.ts';

/** The fulfilments of several orders in one statement, the earliest first, at most 100 an order. */
export function listFulfillments(
  db: Kysely<OrdersDatabase>,
  orderIds: readonly string[],
  signal: AbortSignal,
): Promise<readonly FulfillmentParent[]> {
  return db
    .selectFrom(sql<{ order_id: string }>`unnest(${orderIds}::text[])`.as<'asked'>(sql`asked(order_id)`))
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('fulfillment')
          .whereRef('fulfillment.order_id', '=', 'asked.order_id')
          .selectAll('fulfillment')
          .orderBy('fulfillment.created_at')
          .orderBy('fulfillment.id')
          .limit(maxPartsOfOrder)
          .as('part'),
      (join) => join.onTrue(),
    )
    .select([
      'part.id',
      'part.order_id as orderId',
      'part.location_id as locationId',
      'part.status',
      'part.carrier',
      'part.tracking_number as trackingNumber',
      'part.tracking_url as trackingUrl',
      'part.created_at as createdAt',
    ])
    .orderBy('part.created_at')
    .orderBy('part.id')
    .execute({ signal });
}
