import { sql, type Transaction } from 'kysely';
import type { OrdersDatabase } from '../../../../db/tables/orders.ts';
import type { OrderToImport } from './order-to-import.ts';

/** An order as it is kept, as far as an import compares it. */
export interface KeptOrder {
  readonly id: string;
  readonly channelId: string;
  readonly hasReturns: boolean;
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
    select id, channel_id, external_reference, customer_id, email, currency_code, country_code, placed_at,
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
  return { id: row.id, channelId: row.channel_id, hasReturns: row.has_returns, print: toPrint(row) };
}

/** Titles do not count: they are worded by the catalogue. Fulfilment does not either: it may have gone on since. */
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
  readonly id: string;
  readonly channel_id: string;
  readonly external_reference: string;
  readonly has_returns: boolean;
}

function toPrint({ customer_id, email, currency_code, country_code, placed_at, lines }: Comparable): string {
  return JSON.stringify([customer_id, email, currency_code, country_code, placed_at.getTime(), lines]);
}
