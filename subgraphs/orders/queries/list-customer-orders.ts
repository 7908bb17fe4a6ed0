import { type Kysely, sql } from 'kysely';
import type { OrdersDatabase } from '../../../db/tables/orders.ts';
import type { OrderRow } from '../parents.ts';
import { groupBySlot } from './group-by-slot.ts';
import { orderColumns } from './order-columns.ts';
import { isBehind, type OrderPosition } from './order-position.ts';

/** A page of one customer's orders. */
export interface CustomerOrdersKey {
  readonly customerId: string;
  readonly after: OrderPosition | null;
  /** Rows, the one more than the page that tells whether there is a next page included. */
  readonly limit: number;
}

/** Pages of several customers' orders in one statement, newest first; the answers stand in the order of the keys. */
export async function listCustomerOrders(
  db: Kysely<OrdersDatabase>,
  keys: readonly CustomerOrdersKey[],
  signal: AbortSignal,
): Promise<readonly (readonly OrderRow[])[]> {
  const customerIds = keys.map((key) => key.customerId);
  const placedAtUs = keys.map((key) => key.after?.placedAtUs ?? null);
  const ids = keys.map((key) => key.after?.id ?? null);
  const asked = sql<{
    customer_id: string;
    slot: number;
  }>`unnest(${customerIds}::text[], ${placedAtUs}::bigint[], ${ids}::text[]) with ordinality`.as<'asked'>(
    sql`asked(customer_id, placed_at_us, order_id, slot)`,
  );
  const rows = await db
    .selectFrom(asked)
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('order')
          .whereRef('order.customer_id', '=', 'asked.customer_id')
          .where(isBehind(sql`asked.placed_at_us`, sql`asked.order_id`))
          .selectAll('order')
          .orderBy('order.placed_at', 'desc')
          .orderBy('order.id', 'desc')
          // LIMIT takes no column: all keys read as many as the greediest one, and groupBySlot cuts.
          .limit(Math.max(...keys.map((key) => key.limit)))
          .as('order'),
      (join) => join.onTrue(),
    )
    .select(orderColumns)
    .select('asked.slot')
    .orderBy('asked.slot')
    .orderBy('order.placed_at', 'desc')
    .orderBy('order.id', 'desc')
    .execute({ signal });
  return groupBySlot(rows, keys);
}
