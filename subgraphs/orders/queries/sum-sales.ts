import { type Kysely, sql } from 'kysely';
import type { OrdersDatabase } from '../../../db/tables/orders.ts';
import type { SalesParent } from '../parents.ts';

/** A channel's sales in a time that begins at `fromSeconds` and ends before `untilSeconds`, both since 1970. */
export interface SalesKey {
  readonly channelId: string;
  readonly fromSeconds: number;
  readonly untilSeconds: number;
}

/**
 * The sales of several channels and times in one statement, in the order of the keys; null for a channel that never sold
 * anything. Only orders in the currency of the channel's newest order count, and cancelled ones never do.
 */
export async function sumSales(
  db: Kysely<OrdersDatabase>,
  keys: readonly SalesKey[],
  signal: AbortSignal,
): Promise<readonly (SalesParent | null)[]> {
  const channelIds = keys.map((key) => key.channelId);
  const fromSeconds = keys.map((key) => key.fromSeconds);
  const untilSeconds = keys.map((key) => key.untilSeconds);
  const { rows } = await sql<SalesParent & { readonly slot: number }>`
    select asked.slot, newest.currency_code as "currencyCode", sold.orders, sold.revenue as "revenueMinor",
           sold.units as "unitsSold", sold.units_returned as "unitsReturned"
    from unnest(${channelIds}::text[], ${fromSeconds}::float8[], ${untilSeconds}::float8[])
         with ordinality as asked(channel_id, from_seconds, until_seconds, slot)
    cross join lateral (
      select currency_code from "order"
      where channel_id = asked.channel_id and status <> 'CANCELLED'
      order by placed_at desc, id desc
      limit 1
    ) newest
    cross join lateral (
      with placed as materialized (
        select id, total_minor from "order"
        where channel_id = asked.channel_id
          and placed_at >= to_timestamp(asked.from_seconds) and placed_at < to_timestamp(asked.until_seconds)
          and status <> 'CANCELLED' and currency_code = newest.currency_code
      )
      select
        (select count(*) from placed)::int as orders,
        (select coalesce(sum(total_minor), 0) from placed)::bigint as revenue,
        (select coalesce(sum(line.quantity), 0) from placed join order_line line on line.order_id = placed.id)::bigint
          as units,
        (select coalesce(sum(line.quantity), 0)
         from placed
         join "return" back on back.order_id = placed.id and back.status in ('RECEIVED', 'REFUNDED')
         join return_line line on line.return_id = back.id)::bigint as units_returned
    ) sold
  `.execute(db, { signal });
  const bySlot = new Map(rows.map((row) => [row.slot, row]));
  return keys.map((_key, index) => bySlot.get(index + 1) ?? null);
}
