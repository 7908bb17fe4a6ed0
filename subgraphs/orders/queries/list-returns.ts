import { type Kysely, sql } from 'kysely';
import type { OrdersDatabase } from '../../../db/tables/orders.ts';
import type { ReturnLineParent, ReturnParent } from '../parents.ts';
import { maxLinesOfPart, maxPartsOfOrder } from './part-limits.ts';

const columns = [
  'part.id',
  'part.order_id as orderId',
  'part.status',
  'part.refund_minor as refundMinor',
  'order.currency_code as currencyCode',
  'part.created_at as createdAt',
] as const;

/** The returns of several orders in one statement, the earliest first, at most 100 an order. */
export function listReturns(
  db: Kysely<OrdersDatabase>,
  orderIds: readonly string[],
  signal: AbortSignal,
): Promise<readonly ReturnParent[]> {
  return db
    .selectFrom(sql<{ order_id: string }>`unnest(${orderIds}::text[])`.as<'asked'>(sql`asked(order_id)`))
    .innerJoin('order', 'order.id', 'asked.order_id')
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('return')
          .whereRef('return.order_id', '=', 'asked.order_id')
          .selectAll('return')
          .orderBy('return.created_at')
          .orderBy('return.id')
          .limit(maxPartsOfOrder)
          .as('part'),
      (join) => join.onTrue(),
    )
    .select(columns)
    .orderBy('part.created_at')
    .orderBy('part.id')
    .execute({ signal });
}

/** The returns with these ids, in no order; unknown ids are left out. */
export function findReturns(
  db: Kysely<OrdersDatabase>,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<readonly ReturnParent[]> {
  return db
    .selectFrom('return as part')
    .innerJoin('order', 'order.id', 'part.order_id')
    .where('part.id', '=', sql<string>`any(${ids}::text[])`)
    .select(columns)
    .execute({ signal });
}

/** Lines of several returns in one statement, in the order they were put in, at most 500 each. */
export function listReturnLines(
  db: Kysely<OrdersDatabase>,
  returnIds: readonly string[],
  signal: AbortSignal,
): Promise<readonly (ReturnLineParent & { readonly partId: string })[]> {
  return db
    .selectFrom(sql<{ part_id: string }>`unnest(${returnIds}::text[])`.as<'asked'>(sql`asked(part_id)`))
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('return_line')
          .whereRef('return_line.return_id', '=', 'asked.part_id')
          .selectAll('return_line')
          .orderBy('return_line.position')
          .limit(maxLinesOfPart)
          .as('line'),
      (join) => join.onTrue(),
    )
    .innerJoin('order_line', (join) =>
      join.onRef('order_line.order_id', '=', 'line.order_id').onRef('order_line.position', '=', 'line.line_position'),
    )
    .select(['asked.part_id as partId', 'order_line.sku', 'line.quantity', 'line.reason'])
    .orderBy('asked.part_id')
    .orderBy('line.position')
    .execute({ signal });
}
