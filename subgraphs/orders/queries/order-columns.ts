import { type ExpressionBuilder, sql } from 'kysely';
import type { OrdersDatabase } from '../../../db/tables/orders.ts';

/** The columns of an OrderRow, for every query that reads orders. */
export const orderColumns = [
  'order.id',
  'order.number',
  'order.external_reference as externalReference',
  'order.status',
  'order.channel_id as channelId',
  'order.customer_id as customerId',
  'order.email',
  'order.currency_code as currencyCode',
  'order.total_minor as totalMinor',
  'order.placed_at as placedAt',
  'order.version',
  // A JavaScript Date has milliseconds: a cursor made of one would skip or repeat orders of the same millisecond.
  sql<number>`(extract(epoch from "order".placed_at) * 1000000)::bigint`.as('placedAtUs'),
] as const;

export type OrderExpressions = ExpressionBuilder<OrdersDatabase, 'order'>;
