import { type Kysely, sql } from 'kysely';
import type { InventoryDatabase } from '../../../db/tables/inventory.ts';

/** A channel, and days in UTC, both included. */
export interface AccuracyKey {
  readonly channelId: string;
  readonly from: string;
  readonly to: string;
}

/** How many counts there were, and how many of them found what the records said. */
export interface CountAccuracy {
  readonly counts: number;
  readonly right: number;
}

/**
 * The counts at the locations that serve channels, in the order of the keys: one statement. A count is the first movement that names it; those that follow
 * take late facts back. One that came after a newer count changed nothing and says nothing: it is left out.
 */
export async function countAccuracy(
  db: Kysely<InventoryDatabase>,
  keys: readonly AccuracyKey[],
): Promise<CountAccuracy[]> {
  const { rows } = await sql<CountAccuracy & { position: number }>`
    select position, count(found.sku)::integer as counts, (count(found.sku) filter (where found.quantity = 0))::integer as right
      from unnest(${keys.map(({ channelId }) => channelId)}::text[], ${keys.map(({ from }) => from)}::date[],
                  ${keys.map(({ to }) => to)}::date[]) with ordinality as asked (channel_id, first_day, last_day, position)
      left join lateral (
        select distinct on (movement.sku, movement.location_id, movement.cause_id) movement.sku, movement.quantity
          from channel_location join stock_movement as movement using (location_id)
         where channel_location.channel_id = asked.channel_id and movement.kind = 'COUNTED' and movement.cause_kind = 'COUNT'
           and movement.occurred_at >= asked.first_day::timestamp at time zone 'UTC'
           and movement.occurred_at < (asked.last_day + 1)::timestamp at time zone 'UTC'
           and not exists (select from stock_movement as newer
                            where newer.sku = movement.sku and newer.location_id = movement.location_id and newer.kind = 'COUNTED'
                              and newer.version < movement.version and newer.occurred_at > movement.occurred_at)
         order by movement.sku, movement.location_id, movement.cause_id, movement.version) as found on true
     group by position order by position`.execute(db);
  return keys.map((_key, i) => ({ counts: rows[i]?.counts ?? 0, right: rows[i]?.right ?? 0 }));
}
