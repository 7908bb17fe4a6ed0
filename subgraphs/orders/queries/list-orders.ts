import { type Kysely, type SelectQueryBuilder, sql } from 'kysely';
import type { OrdersDatabase } from '../../../db/tables/orders.ts';
import type { OrderRow } from '../parents.ts';
import type { OrderStatus } from '../resolver-types.generated.ts';
import { orderColumns } from './order-columns.ts';
import { isBehind, type OrderPosition } from './order-position.ts';

/** Which orders of the book are asked for. */
export interface OrderFilter {
  readonly channelId: string | null;
  /** Null for orders of any state. */
  readonly statuses: readonly OrderStatus[] | null;
  readonly after: OrderPosition | null;
  readonly limit: number;
}

/** The order book, newest first. */
export function listOrders(
  db: Kysely<OrdersDatabase>,
  filter: OrderFilter,
  signal: AbortSignal,
): Promise<readonly OrderRow[]> {
  return selectOrders(db, filter).execute({ signal });
}

/**
 * The statement behind the order book. With a status filter each status is walked along its index for at most `limit`
 * orders and the walks are merged: five statuses of a page of 50 read 255 rows, however long the book is.
 */
export function selectOrders(
  db: Kysely<OrdersDatabase>,
  filter: OrderFilter,
): Pick<SelectQueryBuilder<OrdersDatabase, 'order', OrderRow>, 'execute' | 'explain'> {
  if (filter.statuses === null) return narrow(db.selectFrom('order'), filter).select(orderColumns);
  const asked = sql<{ status: OrderStatus }>`unnest(${[...new Set(filter.statuses)]}::text[])`.as<'asked'>(
    sql`asked(status)`,
  );
  return db
    .selectFrom(asked)
    .innerJoinLateral(
      (eb) =>
        narrow(eb.selectFrom('order'), filter)
          .where(sql<boolean>`"order".status = asked.status`)
          .selectAll('order')
          .as('order'),
      (join) => join.onTrue(),
    )
    .select(orderColumns)
    .orderBy('order.placed_at', 'desc')
    .orderBy('order.id', 'desc')
    .limit(filter.limit);
}

function narrow<Tables extends OrdersDatabase, Output>(
  query: SelectQueryBuilder<Tables, 'order', Output>,
  filter: OrderFilter,
) {
  const { channelId, after, limit } = filter;
  return query
    .where(isBehind(sql`${after?.placedAtUs ?? null}::bigint`, sql`${after?.id ?? null}::text`))
    .$if(channelId !== null, (narrowed) => narrowed.where(sql<boolean>`"order".channel_id = ${channelId}`))
    .orderBy(sql`"order".placed_at`, 'desc')
    .orderBy(sql`"order".id`, 'desc')
    .limit(limit);
}
