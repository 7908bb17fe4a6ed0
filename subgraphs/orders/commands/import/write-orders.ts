import { randomUUID } from 'node:crypto';
import { sql, type Transaction } from 'kysely';
import type { OrdersDatabase } from '../../../../db/tables/orders.ts';
import { type OrderToImport, sinceOf, totalOf } from './order-to-import.ts';

interface Plan {
  readonly id: string;
  readonly order: OrderToImport;
  /** The fulfilment order that it has already, whose id stays. */
  readonly partId: string | null;
}

/** Writes the heads of new orders; they are numbered in the order they were placed. */
export async function writeOrderHeads(trx: Transaction<OrdersDatabase>, plans: readonly Plan[]): Promise<void> {
  if (plans.length === 0) return;
  const orders = plans.map(({ order }) => order);
  await sql`
    insert into "order" (id, channel_id, external_reference, customer_id, email, status, currency_code, total_minor, country_code, placed_at)
    select id, channel_id, reference, customer_id, email, status, currency_code, total_minor, country_code, placed_at
      from unnest(
        ${plans.map(({ id }) => id)}::text[], ${orders.map(({ channelId }) => channelId)}::text[],
        ${orders.map(({ externalReference }) => externalReference)}::text[], ${orders.map(({ customerId }) => customerId)}::text[],
        ${orders.map(({ email }) => email)}::text[], ${orders.map(({ currencyCode }) => currencyCode)}::text[],
        ${orders.map(totalOf)}::bigint[], ${orders.map(({ countryCode }) => countryCode)}::text[],
        ${orders.map(({ placedAt }) => placedAt.toISOString())}::timestamptz[],
        ${orders.map(({ fulfillment }) => fulfillment.status)}::text[])
        as given (id, channel_id, reference, customer_id, email, currency_code, total_minor, country_code, placed_at, status)
     order by placed_at, reference`.execute(trx);
}

/**
 * Writes what belongs to orders: lines, what one location was asked for, what left, and what happened. A file of invoices says that goods were sold
 * and when; that they left the same day and arrived is assumed, and no day is made up for the arrival.
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
  const rows = plans.flatMap(({ id, order }) => [
    { id, at: order.placedAt, kind: 'PLACED', message: 'Order placed' },
    ...(order.fulfillment.status === 'PLACED' ? [] : [{ id, at: sinceOf(order), ...lastEventOf(order) }]),
  ]);
  await sql`
    insert into order_event (order_id, at, kind, message)
    select * from unnest(
      ${rows.map(({ id }) => id)}::text[], ${rows.map(({ at }) => at.toISOString())}::timestamptz[],
      ${rows.map(({ kind }) => kind)}::text[], ${rows.map(({ message }) => message)}::text[])`.execute(trx);
}

/** What an order came to that is no longer just placed. */
function lastEventOf({ fulfillment: { status, method } }: OrderToImport): { kind: string; message: string } {
  if (status === 'CANCELLED') return { kind: 'CANCELLED', message: 'Called off' };
  if (method === 'SHIPPING') return { kind: 'SHIPPED', message: 'Sent' };
  return { kind: 'DELIVERED', message: method === 'IN_STORE' ? 'Handed over at the till' : 'Picked up' };
}

const partStatusOf = { PLACED: 'REQUESTED', FULFILLED: 'DONE', CANCELLED: 'CANCELLED' } as const;

async function writeFulfillments(trx: Transaction<OrdersDatabase>, plans: readonly Plan[]): Promise<void> {
  const parts = plans.map((plan) => ({ ...plan, partId: plan.partId ?? randomUUID() }));
  await sql`
    insert into fulfillment_order (id, order_id, location_id, method, status, created_at)
    select * from unnest(
      ${parts.map(({ partId }) => partId)}::text[], ${parts.map(({ id }) => id)}::text[],
      ${parts.map(({ order }) => order.fulfillment.locationId)}::text[], ${parts.map(({ order }) => order.fulfillment.method)}::text[],
      ${parts.map(({ order }) => partStatusOf[order.fulfillment.status])}::text[],
      ${parts.map(({ order }) => order.placedAt.toISOString())}::timestamptz[])`.execute(trx);
  await sql`
    insert into fulfillment_order_line (fulfillment_order_id, order_id, line_position, quantity)
    ${linesOf(parts.map((part) => ({ ...part, ownerId: part.partId })))}`.execute(trx);
  const left = parts
    .filter(({ order }) => order.fulfillment.status === 'FULFILLED')
    .map((part) => ({ ...part, ownerId: randomUUID() }));
  await sql`
    insert into fulfillment (id, fulfillment_order_id, order_id, location_id, status, created_at)
    select * from unnest(
      ${left.map(({ ownerId }) => ownerId)}::text[], ${left.map(({ partId }) => partId)}::text[], ${left.map(({ id }) => id)}::text[],
      ${left.map(({ order }) => order.fulfillment.locationId)}::text[],
      ${left.map(({ order }) => (order.fulfillment.method === 'SHIPPING' ? 'DELIVERED' : 'HANDED_OVER'))}::text[],
      ${left.map(({ order }) => sinceOf(order).toISOString())}::timestamptz[])`.execute(trx);
  await sql`
    insert into fulfillment_line (fulfillment_id, order_id, line_position, quantity) ${linesOf(left)}`.execute(trx);
}

/** All lines of orders in full, as rows of what they belong to. */
function linesOf(owners: readonly (Plan & { readonly ownerId: string })[]) {
  const lines = owners.flatMap(({ id, ownerId, order }) =>
    order.lines.map(({ quantity }, position) => ({ id, ownerId, quantity, position })),
  );
  return sql`select * from unnest(
    ${lines.map(({ ownerId }) => ownerId)}::text[], ${lines.map(({ id }) => id)}::text[],
    ${lines.map(({ position }) => position)}::integer[], ${lines.map(({ quantity }) => quantity)}::integer[])`;
}
