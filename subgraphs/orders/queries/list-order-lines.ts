import { type Kysely, sql } from 'kysely';
import type { OrdersDatabase } from '../../../db/tables/orders.ts';
import type { OrderLineParent } from '../parents.ts';
import { groupBySlot } from './group-by-slot.ts';

/** A page of one order's lines. */
export interface OrderLinesKey {
  readonly orderId: string;
  /** The position of the last line of the page before; -1 for the first page. */
  readonly afterPosition: number;
  /** Rows, the one more than the page that tells whether there is a next page included. */
  readonly limit: number;
}

/** Pages of several orders' lines in one statement, by position; the answers stand in the order of the keys. */
export async function listOrderLines(
  db: Kysely<OrdersDatabase>,
  keys: readonly OrderLinesKey[],
  signal: AbortSignal,
): Promise<readonly (readonly OrderLineParent[])[]> {
  const orderIds = keys.map((key) => key.orderId);
  const positions = keys.map((key) => key.afterPosition);
  const asked = sql<{
    order_id: string;
    after_position: number;
    slot: number;
  }>`unnest(${orderIds}::text[], ${positions}::int[]) with ordinality`.as<'asked'>(
    sql`asked(order_id, after_position, slot)`,
  );
  const rows = await db
    .selectFrom(asked)
    .innerJoin('order', 'order.id', 'asked.order_id')
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('order_line')
          .whereRef('order_line.order_id', '=', 'asked.order_id')
          .whereRef('order_line.position', '>', 'asked.after_position')
          .selectAll('order_line')
          .orderBy('order_line.position')
          .limit(Math.max(...keys.map((key) => key.limit)))
          .as('line'),
      (join) => join.onTrue(),
    )
    .select([
      'asked.slot',
      'line.position',
      'line.sku',
      'line.title',
      'line.quantity',
      'line.unit_price_minor as unitPriceMinor',
      'order.currency_code as currencyCode',
    ])
    .orderBy('asked.slot')
    .orderBy('line.position')
    .execute({ signal });
  return groupBySlot(rows, keys);
}
