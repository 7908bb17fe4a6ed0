import { type Kysely, sql } from 'kysely';
import type { InventoryDatabase } from '../../../db/tables/inventory.ts';
import type { AvailabilityParent } from '../parents.ts';

/** A variant as a channel sees it. */
export interface AvailabilityKey {
  readonly sku: string;
  readonly channelId: string;
}

/**
 * What channels can sell of variants, in the order of the keys: one statement for any number of variants and locations.
 * Levels are found by SKU and then matched with the channel's locations, so that its cost follows the levels of the asked
 * variants, not the size of the table.
 */
export async function readAvailability(
  db: Kysely<InventoryDatabase>,
  keys: readonly AvailabilityKey[],
): Promise<AvailabilityParent[]> {
  const { rows } = await sql<{ available: string; locations: string; as_of: Date }>`
    with asked as (
      select * from unnest(${keys.map((key) => key.sku)}::text[], ${keys.map((key) => key.channelId)}::text[])
               with ordinality as asked (sku, channel_id, position)
    ), served as (
      select channel_id, count(*) as locations from channel_location
       where channel_id = any (${[...new Set(keys.map((key) => key.channelId))]}::text[])
       group by channel_id
    ), sold as (
      select asked.position, sum(greatest(stock_level.sellable, 0)) as available
        from asked
        join stock_level on stock_level.sku = asked.sku
        join channel_location on channel_location.channel_id = asked.channel_id
                             and channel_location.location_id = stock_level.location_id
       group by asked.position
    )
    select coalesce(sold.available, 0) as available, coalesce(served.locations, 0) as locations, now() as as_of
      from asked
      left join served using (channel_id)
      left join sold using (position)
     order by position`.execute(db);
  return keys.map((key, i) => ({
    sku: key.sku,
    channelId: key.channelId,
    availableToSell: Math.min(Number(rows[i]?.available ?? 0), maxInt),
    locations: Number(rows[i]?.locations ?? 0),
    asOf: rows[i]?.as_of ?? new Date(Number.NaN),
  }));
}

/** GraphQL's Int ends here; a sum over a thousand locations could pass it. */
const maxInt = 2_147_483_647;
