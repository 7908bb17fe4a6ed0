import { type Connection, toConnection } from '../../shared/connection.ts';
import type { OrderParent } from '../parents.ts';
import { type OrderList, toOrderCursor } from '../queries/order-position.ts';

/** A page of a list of orders, from rows of which one more than the page was read. */
export function toOrderConnection(
  list: OrderList,
  orders: readonly OrderParent[],
  page: { readonly size: number; readonly isFirstPage: boolean },
): Connection<OrderParent> {
  return toConnection(orders, {
    ...page,
    cursorOf: (order) => toOrderCursor(list, order),
    nodeOf: (order) => order,
  });
}
