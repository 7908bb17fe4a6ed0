import { type Kysely, sql } from 'kysely';
import type { OrdersDatabase } from '../../../db/tables/orders.ts';
import type { OrderEvent } from '../resolver-types.generated.ts';
import { groupBySlot } from './group-by-slot.ts';

/** The last events of one order. */
export interface OrderEventsKey {
  readonly orderId: string;
  readonly limit: number;
}

/** The last events of several orders in one statement, each order's earliest first, in the order of the keys. */
export async function listOrderEvents(
  db: Kysely<OrdersDatabase>,
  keys: readonly OrderEventsKey[],
  signal: AbortSignal,
): Promise<readonly (readonly OrderEvent[])[]> {
  const asked = sql<{
    order_id: string;
    slot: number;
  }>`unnest(${keys.map((key) => key.orderId)}::text[]) with ordinality`.as<'asked'>(sql`asked(order_id, slot)`);
  const rows = await db
    .selectFrom(asked)
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('order_event')
          .whereRef('order_event.order_id', '=', 'asked.order_id')
          .selectAll('order_event')
          .orderBy('order_event.at', 'desc')
          .orderBy('order_event.id', 'desc')
          .limit(Math.max(...keys.map((key) => key.limit)))
          .as('event'),
      (join) => join.onTrue(),
    )
    .select(['asked.slot', 'event.at', 'event.kind', 'event.message'])
    .orderBy('asked.slot')
    .orderBy('event.at', 'desc')
    .orderBy('event.id', 'desc')
    .execute({ signal });
  return groupBySlot(rows, keys).map((events) => events.toReversed());
}
