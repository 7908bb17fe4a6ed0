import { sql, type Transaction } from 'kysely';
import type { OrdersDatabase, OrderTable } from '../../../../db/tables/orders.ts';
import type { FulfillmentToImport, OrderToImport } from './order-to-import.ts';

type OrderStatus = OrderTable['status'];

/** An order as it is kept, as far as an import compares it. */
export interface KeptOrder {
  readonly id: string;
  readonly channelId: string;
  readonly status: OrderStatus;
  readonly hasReturns: boolean;
  /** Its fulfilment order; null when it has none. */
  readonly partId: string | null;
  /** Head and lines as one text, equal when the orders are. */
  readonly print: string;
}

/**
 * What is kept of each order of a batch; undefined for those that are new. An order is known by channel and reference. One that has the same
 * reference, customer, instant and lines on another channel is the same too: the file was brought in for that channel before.
 */
export async function findKeptOrders(
  trx: Transaction<OrdersDatabase>,
  batch: readonly OrderToImport[],
): Promise<(KeptOrder | undefined)[]> {
  const { rows } = await sql<Row>`
    select id, channel_id, status, external_reference, customer_id, email, currency_code, country_code, placed_at,
           (select id from fulfillment_order where fulfillment_order.order_id = "order".id order by created_at, id limit 1) as part_id,
           exists (select from "return" where "return".order_id = "order".id) as has_returns,
           array(select sku || ' ' || quantity || ' ' || unit_price_minor from order_line
                  where order_line.order_id = "order".id order by position) as lines
      from "order"
     where external_reference = any (${batch.map(({ externalReference }) => externalReference)}::text[])`.execute(trx);
  const keptByReference = Map.groupBy(rows, ({ external_reference }) => external_reference);
  return batch.map((order) => {
    const kept = (keptByReference.get(order.externalReference) ?? []).map(toKeptOrder);
    return kept.find(({ channelId }) => channelId === order.channelId) ?? kept.find((old) => isSameOrder(old, order));
  });
}

function toKeptOrder(row: Row): KeptOrder {
  const { id, channel_id: channelId, status, has_returns: hasReturns, part_id: partId } = row;
  return { id, channelId, status, hasReturns, partId, print: toPrint(row) };
}

/**
 * How a file's word of an order's progress stands to what is kept. An order only goes forward: a file that is behind was written before, and one
 * that says it was fulfilled when it is kept as cancelled, or the other way, contradicts.
 */
export function compareProgress(
  kept: OrderStatus,
  given: FulfillmentToImport['status'],
): 'same' | 'ahead' | 'behind' | 'contrary' {
  if (kept === given || (kept === 'RETURNED' && given === 'FULFILLED')) return 'same';
  if (given === 'PLACED') return 'behind';
  if (kept === 'PLACED' || (kept === 'PARTIALLY_FULFILLED' && given === 'FULFILLED')) return 'ahead';
  return 'contrary';
}

/** Titles do not count: they are worded by the catalogue. How far it has come is compared by {@link compareProgress}. */
export function isSameOrder(kept: KeptOrder, order: OrderToImport): boolean {
  return (
    kept.print ===
    toPrint({
      customer_id: order.customerId,
      email: order.email,
      currency_code: order.currencyCode,
      country_code: order.countryCode,
      placed_at: order.placedAt,
      lines: order.lines.map(({ sku, quantity, unitPriceMinor }) => `${sku} ${quantity} ${unitPriceMinor}`),
    })
  );
}

interface Comparable {
  readonly customer_id: string | null;
  readonly email: string | null;
  readonly currency_code: string;
  readonly country_code: string | null;
  readonly placed_at: Date;
  readonly lines: readonly string[];
}

interface Row extends Comparable {
  readonly status: OrderStatus;
  readonly part_id: string | null;
  readonly id: string;
  readonly channel_id: string;
  readonly external_reference: string;
  readonly has_returns: boolean;
}

function toPrint({ customer_id, email, currency_code, country_code, placed_at, lines }: Comparable): string {
  return JSON.stringify([customer_id, email, currency_code, country_code, placed_at.getTime(), lines]);
}
