import { type Kysely, sql } from 'kysely';
import type { OrdersDatabase } from '../../../db/tables/orders.ts';
import type { FulfillmentLineParent } from '../parents.ts';
import { maxLinesOfPart } from './part-limits.ts';

/** Lines of several fulfilment orders in one statement, by the order's lines, at most 500 each. */
export function listFulfillmentOrderLines(
  db: Kysely<OrdersDatabase>,
  fulfillmentOrderIds: readonly string[],
  signal: AbortSignal,
): Promise<readonly (FulfillmentLineParent & { readonly partId: string })[]> {
  return db
    .selectFrom(sql<{ part_id: string }>`unnest(${fulfillmentOrderIds}::text[])`.as<'asked'>(sql`asked(part_id)`))
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('fulfillment_order_line')
          .whereRef('fulfillment_order_line.fulfillment_order_id', '=', 'asked.part_id')
          .selectAll('fulfillment_order_line')
          .orderBy('fulfillment_order_line.line_position')
          .limit(maxLinesOfPart)
          .as('line'),
      (join) => join.onTrue(),
    )
    .innerJoin('order_line', (join) =>
      join.onRef('order_line.order_id', '=', 'line.order_id').onRef('order_line.position', '=', 'line.line_position'),
    )
    .select(['asked.part_id as partId', 'order_line.sku', 'line.quantity'])
    .orderBy('asked.part_id')
    .orderBy('line.line_position')
    .execute({ signal });
}

/** Lines of several fulfilments in one statement, by the order's lines, at most 500 each. */
export function listFulfillmentLines(
  db: Kysely<OrdersDatabase>,
  fulfillmentIds: readonly string[],
  signal: AbortSignal,
): Promise<readonly (FulfillmentLineParent & { readonly partId: string })[]> {
  return db
    .selectFrom(sql<{ part_id: string }>`unnest(${fulfillmentIds}::text[])`.as<'asked'>(sql`asked(part_id)`))
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('fulfillment_line')
          .whereRef('fulfillment_line.fulfillment_id', '=', 'asked.part_id')
          .selectAll('fulfillment_line')
          .orderBy('fulfillment_line.line_position')
          .limit(maxLinesOfPart)
          .as('line'),
      (join) => join.onTrue(),
    )
    .innerJoin('order_line', (join) =>
      join.onRef('order_line.order_id', '=', 'line.order_id').onRef('order_line.position', '=', 'line.line_position'),
    )
    .select(['asked.part_id as partId', 'order_line.sku', 'line.quantity'])
    .orderBy('asked.part_id')
    .orderBy('line.line_position')
    .execute({ signal });
}
