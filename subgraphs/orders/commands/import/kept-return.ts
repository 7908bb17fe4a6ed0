import { sql, type Transaction } from 'kysely';
import type { OrdersDatabase } from '../../../../db/tables/orders.ts';
import type { ReturnToImport } from './return-to-import.ts';

/** A return that an earlier run made of a credit note. */
export interface KeptReturn {
  readonly id: string;
  readonly orderId: string;
  readonly channelId: string;
  readonly refundMinor: number;
  readonly quantity: number;
  readonly lines: readonly { readonly sku: string; readonly unitPriceMinor: number; readonly quantity: number }[];
}

/** What names a credit note: its number, and whose it is. */
export function returnKeyOf({
  externalReference,
  customerId,
}: {
  externalReference: string;
  customerId: string;
}): string {
  return `${externalReference}\n${customerId}`;
}

/** The kept returns of a batch of credit notes, by {@link returnKeyOf}. */
export async function findKeptReturns(
  trx: Transaction<OrdersDatabase>,
  batch: readonly ReturnToImport[],
): Promise<Map<string, KeptReturn[]>> {
  const { rows } = await sql<Row>`
    select "return".id, "return".order_id, "return".channel_id, "return".refund_minor, "return".external_reference, "order".customer_id,
           array_agg(order_line.sku) as skus, array_agg(order_line.unit_price_minor) as prices, array_agg(return_line.quantity) as quantities
      from unnest(${batch.map(({ externalReference }) => externalReference)}::text[], ${batch.map(({ customerId }) => customerId)}::text[])
        as given (reference, customer_id)
      join "order" on "order".customer_id = given.customer_id
      join "return" on "return".order_id = "order".id and "return".external_reference = given.reference
      join return_line on return_line.return_id = "return".id
      join order_line on (order_line.order_id, order_line.position) = (return_line.order_id, return_line.line_position)
     group by "return".id, "order".customer_id`.execute(trx);
  const kept = new Map<string, KeptReturn[]>();
  for (const row of rows) {
    const key = returnKeyOf({ externalReference: row.external_reference, customerId: row.customer_id });
    kept.set(key, [...(kept.get(key) ?? []), toKeptReturn(row)]);
  }
  return kept;
}

interface Row {
  readonly id: string;
  readonly order_id: string;
  readonly channel_id: string;
  readonly refund_minor: number;
  readonly external_reference: string;
  readonly customer_id: string;
  readonly skus: readonly string[];
  readonly prices: readonly number[];
  readonly quantities: readonly number[];
}

function toKeptReturn(row: Row): KeptReturn {
  return {
    id: row.id,
    orderId: row.order_id,
    channelId: row.channel_id,
    refundMinor: row.refund_minor,
    quantity: row.quantities.reduce((sum, quantity) => sum + quantity, 0),
    lines: row.skus.map((sku, at) => ({ sku, unitPriceMinor: row.prices[at] ?? 0, quantity: row.quantities[at] ?? 0 })),
  };
}
