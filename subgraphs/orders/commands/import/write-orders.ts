import { randomUUID } from 'node:crypto';
import { sql, type Transaction } from 'kysely';
import type { OrdersDatabase } from '../../../../db/tables/orders.ts';
import { type OrderToImport, totalOf } from './order-to-import.ts';

interface Plan {
  readonly id: string;
  readonly order: OrderToImport;
}

/** Writes the heads of new orders; they are numbered in the order they were placed. */
export async function writeOrderHeads(trx: Transaction<OrdersDatabase>, plans: readonly Plan[]): Promise<void> {
  if (plans.length === 0) return;
  const orders = plans.map(({ order }) => order);
  await sql`
    insert into "order" (id, channel_id, external_reference, customer_id, email, status, currency_code, total_minor, country_code, placed_at)
    select id, channel_id, reference, customer_id, email, 'FULFILLED', currency_code, total_minor, country_code, placed_at
      from unnest(
        ${plans.map(({ id }) => id)}::text[], ${orders.map(({ channelId }) => channelId)}::text[],
        ${orders.map(({ externalReference }) => externalReference)}::text[], ${orders.map(({ customerId }) => customerId)}::text[],
        ${orders.map(({ email }) => email)}::text[], ${orders.map(({ currencyCode }) => currencyCode)}::text[],
        ${orders.map(totalOf)}::bigint[], ${orders.map(({ countryCode }) => countryCode)}::text[],
        ${orders.map(({ placedAt }) => placedAt.toISOString())}::timestamptz[])
        as given (id, channel_id, reference, customer_id, email, currency_code, total_minor, country_code, placed_at)
     order by placed_at, reference`.execute(trx);
}

/**
 * Writes what belongs to orders: lines, one fulfilment from one location, and what happened. A file of invoices says that goods were sold and
 * when; that they left the same day and arrived is assumed, and no day is made up for the arrival.
 */
export async function writeOrderContents(trx: Transaction<OrdersDatabase>, plans: readonly Plan[]): Promise<void> {
  if (plans.length === 0) return;
  await writeLines(trx, plans);
  await writeEvents(trx, plans);
  await writeFulfillments(trx, plans);
}

async function writeLines(trx: Transaction<OrdersDatabase>, plans: readonly Plan[]): Promise<void> {
  const rows = plans.flatMap(({ id, order }) => order.lines.map((line, position) => ({ id, position, ...line })));
  await sql`
    insert into order_line (order_id, position, sku, title, quantity, unit_price_minor)
    select * from unnest(
      ${rows.map(({ id }) => id)}::text[], ${rows.map(({ position }) => position)}::integer[], ${rows.map(({ sku }) => sku)}::text[],
      ${rows.map(({ title }) => title)}::text[], ${rows.map(({ quantity }) => quantity)}::integer[],
      ${rows.map(({ unitPriceMinor }) => unitPriceMinor)}::bigint[])`.execute(trx);
}

async function writeEvents(trx: Transaction<OrdersDatabase>, plans: readonly Plan[]): Promise<void> {
  const rows = plans.flatMap(({ id, order: { placedAt, fulfillment } }) => [
    { id, at: placedAt, kind: 'PLACED', message: 'Order placed' },
    fulfillment.method === 'SHIPPING'
      ? { id, at: placedAt, kind: 'SHIPPED', message: 'Sent' }
      : {
          id,
          at: placedAt,
          kind: 'DELIVERED',
          message: fulfillment.method === 'IN_STORE' ? 'Handed over at the till' : 'Picked up',
        },
  ]);
  await sql`
    insert into order_event (order_id, at, kind, message)
    select * from unnest(
      ${rows.map(({ id }) => id)}::text[], ${rows.map(({ at }) => at.toISOString())}::timestamptz[],
      ${rows.map(({ kind }) => kind)}::text[], ${rows.map(({ message }) => message)}::text[])`.execute(trx);
}

async function writeFulfillments(trx: Transaction<OrdersDatabase>, plans: readonly Plan[]): Promise<void> {
  const parts = plans.map((plan) => ({ ...plan, fulfillmentOrderId: randomUUID(), fulfillmentId: randomUUID() }));
  const orderIds = parts.map(({ id }) => id);
  const askedIds = parts.map(({ fulfillmentOrderId }) => fulfillmentOrderId);
  const doneIds = parts.map(({ fulfillmentId }) => fulfillmentId);
  const locationIds = parts.map(({ order }) => order.fulfillment.locationId);
  const times = parts.map(({ order }) => order.placedAt.toISOString());
  await sql`
    insert into fulfillment_order (id, order_id, location_id, method, status, created_at)
    select id, order_id, location_id, method, 'DONE', created_at
      from unnest(${askedIds}::text[], ${orderIds}::text[], ${locationIds}::text[],
                  ${parts.map(({ order }) => order.fulfillment.method)}::text[], ${times}::timestamptz[])
        as given (id, order_id, location_id, method, created_at)`.execute(trx);
  await sql`
    insert into fulfillment (id, fulfillment_order_id, order_id, location_id, status, created_at)
    select * from unnest(
      ${doneIds}::text[], ${askedIds}::text[], ${orderIds}::text[], ${locationIds}::text[],
      ${parts.map(({ order }) => (order.fulfillment.method === 'SHIPPING' ? 'DELIVERED' : 'HANDED_OVER'))}::text[],
      ${times}::timestamptz[])`.execute(trx);
  const lines = parts.flatMap((part) =>
    part.order.lines.map(({ quantity }, position) => ({ ...part, quantity, position })),
  );
  const [lineOrderIds, positions, quantities] = [
    lines.map(({ id }) => id),
    lines.map(({ position }) => position),
    lines.map(({ quantity }) => quantity),
  ];
  await sql`
    insert into fulfillment_order_line (fulfillment_order_id, order_id, line_position, quantity)
    select * from unnest(${lines.map(({ fulfillmentOrderId }) => fulfillmentOrderId)}::text[],
                         ${lineOrderIds}::text[], ${positions}::integer[], ${quantities}::integer[])`.execute(trx);
  await sql`
    insert into fulfillment_line (fulfillment_id, order_id, line_position, quantity)
    select * from unnest(${lines.map(({ fulfillmentId }) => fulfillmentId)}::text[],
                         ${lineOrderIds}::text[], ${positions}::integer[], ${quantities}::integer[])`.execute(trx);
}
