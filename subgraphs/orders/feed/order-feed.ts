import { decodeCursor, encodeCursor } from '../../../db/change-feed/cursor.ts';
import type { OrdersDatabase } from '../../../db/tables/orders.ts';
import type { Caller } from '../../shared/caller.ts';
import type { Feed } from '../../shared/follow-feed.ts';
import { userInputError } from '../../shared/public-error.ts';
import { mayReadOrder } from '../may-read.ts';
import type { OrderState } from '../parents.ts';
import { orderState, orderTopic, readOrderState } from './order-state.ts';

/**
 * One order as somebody may see it. Whose it is may change: a version that is not the reader's is not told, and leads to a snapshot, which
 * is refused when the order is not theirs now.
 */
export function createOrderFeed(orderId: string, caller: Caller): Feed<OrdersDatabase, OrderState> {
  const binding = { feed: orderTopic, scope: orderId };
  return {
    interest: { topic: orderTopic, scopes: [orderId] },
    toCursor: (key, position) => encodeCursor(key, binding, position),
    readCursor: (key, cursor) => decodeCursor(key, binding, cursor),
    readAll: async (view) => {
      const row = await view
        .selectFrom('order')
        .select(orderState.as('state'))
        .where('id', '=', orderId)
        .executeTakeFirst();
      const order = row === undefined ? undefined : readOrderState(row.state);
      if (order === undefined || !mayReadOrder(caller, order)) throw noSuchOrder();
      return [order];
    },
    readChange: ({ payload }) => {
      const order = readOrderState(payload);
      return mayReadOrder(caller, order) ? [order] : undefined;
    },
    // An event shows one state of the order.
    maxItems: 1,
  };
}

/** Also said of one that is not shown. */
export function noSuchOrder() {
  return userInputError('There is no such order.');
}
