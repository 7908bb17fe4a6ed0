import { sql, type Transaction } from 'kysely';
import type { OrdersDatabase } from '../../../../db/tables/orders.ts';
import type { ReturnToImport } from './return-to-import.ts';

/** A line of an order that something may come back of. */
export interface ReturnableLine {
  readonly orderId: string;
  readonly position: number;
  readonly channelId: string;
  readonly currencyCode: string;
  readonly placedAt: Date;
  readonly unitPriceMinor: number;
  /** What has not come back yet; lowered as lines of the batch are matched. */
  left: number;
}

/** What names the lines a return can lean on: who bought what at which price. */
export function returnableKeyOf(customerId: string, sku: string, unitPriceMinor: number): string {
  return `${customerId}\n${sku}\n${unitPriceMinor}`;
}

/** The lines that a batch of credit notes can lean on, the latest order first, by {@link returnableKeyOf}. */
export async function findReturnableLines(
  trx: Transaction<OrdersDatabase>,
  batch: readonly ReturnToImport[],
): Promise<Map<string, ReturnableLine[]>> {
  const wanted = batch.flatMap(({ customerId, lines }) => lines.map((line) => ({ customerId, ...line })));
  const { rows } = await sql<Row>`
    select order_line.order_id, position, channel_id, currency_code, placed_at, order_line.sku, unit_price_minor, "order".customer_id,
           quantity - coalesce((select sum(return_line.quantity) from return_line
              where (return_line.order_id, line_position) = (order_line.order_id, order_line.position)), 0)::integer as "left"
      from (select distinct * from unnest(
              ${wanted.map(({ customerId }) => customerId)}::text[], ${wanted.map(({ sku }) => sku)}::text[],
              ${wanted.map(({ unitPriceMinor }) => unitPriceMinor)}::bigint[]) as asked (customer_id, sku, price)) as given
      join "order" on "order".customer_id = given.customer_id and "order".status not in ('PLACED', 'CANCELLED')
      join order_line on order_line.order_id = "order".id and order_line.sku = given.sku and unit_price_minor = given.price
     order by placed_at desc, "order".id desc, position`.execute(trx);
  const lines = new Map<string, ReturnableLine[]>();
  for (const row of rows) {
    const key = returnableKeyOf(row.customer_id, row.sku, row.unit_price_minor);
    const known = lines.get(key);
    if (known === undefined) lines.set(key, [toReturnableLine(row)]);
    else known.push(toReturnableLine(row));
  }
  return lines;
}

interface Row {
  readonly order_id: string;
  readonly position: number;
  readonly channel_id: string;
  readonly currency_code: string;
  readonly placed_at: Date;
  readonly sku: string;
  readonly unit_price_minor: number;
  readonly customer_id: string;
  readonly left: number;
}

function toReturnableLine(row: Row): ReturnableLine {
  return {
    orderId: row.order_id,
    position: row.position,
    channelId: row.channel_id,
    currencyCode: row.currency_code,
    placedAt: row.placed_at,
    unitPriceMinor: row.unit_price_minor,
    left: row.left,
  };
}
