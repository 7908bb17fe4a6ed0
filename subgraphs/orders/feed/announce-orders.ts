import { sql, type Transaction } from 'kysely';
import type { OrdersDatabase } from '../../../db/tables/orders.ts';
import { orderState, orderTopic } from './order-state.ts';

/**
 * Writes a change row for each of these orders, which tells it as it is now. Once in a transaction, last, by whoever has written their rows and
 * raised their versions: then a version is told once, and a reader sees it together with all that belongs to it, or not at all.
 */
export async function announceOrders(trx: Transaction<OrdersDatabase>, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    insert into change (topic, scope, key, version, payload)
    select ${orderTopic}, id, id, version, ${orderState} from "order" where id = any (${[...ids]}::text[])`.execute(
    trx,
  );
}
