import { sql } from 'kysely';

/**
 * The rule that applies to a row with `channel_id` and `sku`: that of the SKU, else that of the whole channel. For a
 * `left join lateral (…) as rule on true`.
 */
export const findRule = sql`
  select kind, amount from channel_buffer
   where channel_buffer.channel_id = asked.channel_id and channel_buffer.sku in (asked.sku, '')
   order by channel_buffer.sku desc limit 1`;

/**
 * How many units `rule` keeps back at the level `stock_level`. A day of cover is what was sold there on an average day of the last 28: what was
 * promised to orders or handed over.
 */
export const bufferUnits = sql<number>`
  (case rule.kind
     when 'UNITS' then rule.amount
     when 'PER_CENT' then ceil(greatest(0, stock_level.on_hand) * rule.amount / 100.0)
     when 'DAYS_OF_COVER' then ceil(rule.amount * (
       select coalesce(sum(quantity), 0) from stock_movement
        where stock_movement.sku = stock_level.sku and stock_movement.location_id = stock_level.location_id
          and stock_movement.kind in ('ALLOCATED', 'SOLD') and occurred_at > now() - interval '28 days') / 28.0)
     else 0
   end)::integer`;
