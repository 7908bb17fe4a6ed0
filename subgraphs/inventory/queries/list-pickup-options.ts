import { type Kysely, type Selectable, sql } from 'kysely';
import type { InventoryDatabase, LocationTable } from '../../../db/tables/inventory.ts';
import { bufferUnits, findRule } from '../channel-rules/buffer-units.ts';
import type { PickupOptionParent } from '../parents.ts';
import { feedSequence } from './feed-sequence.ts';
import { chordTo, type Point } from './list-locations.ts';
import type { AvailabilityKey } from './read-availability.ts';

/**
 * For each variant and channel the nearest shops that have it on the shelf, nearest first, at most `first` each: one
 * statement for any number of variants.
 */
export async function listPickupOptions(
  db: Kysely<InventoryDatabase>,
  near: Point,
  first: number,
  keys: readonly AvailabilityKey[],
): Promise<PickupOptionParent[][]> {
  const { rows } = await sql<Selectable<LocationTable> & PickupColumns>`
    with asked as (
      select asked.*, rule.kind, rule.amount, exists (
               select from channel_back_order
                where channel_back_order.channel_id = asked.channel_id and channel_back_order.sku = asked.sku
                  and sellable_from > now()) as is_too_early
        from unnest(${keys.map((key) => key.sku)}::text[], ${keys.map((key) => key.channelId)}::text[])
             with ordinality as asked (sku, channel_id, position)
        left join lateral (${findRule}) as rule on true
    ), having_it as (
      select rule.position, rule.is_too_early, stock_level.sellable - ${bufferUnits} as sellable, location.*, ${chordTo(near)} as chord,
             row_number() over (partition by rule.position order by ${chordTo(near)}, location.id) as rank
        from asked as rule
        join stock_level on stock_level.sku = rule.sku and stock_level.sellable > ${bufferUnits}
        join channel_location on channel_location.channel_id = rule.channel_id
                             and channel_location.location_id = stock_level.location_id
        join location on location.id = stock_level.location_id and location.kind = 'STORE'
    )
    select having_it.*, sec_to_gc(chord) / 1000 as distance_km, now() as as_of, ${feedSequence} as sequence
      from having_it where rank <= ${first}
     order by position, rank`.execute(db);
  const options: PickupOptionParent[][] = keys.map(() => []);
  for (const { position, is_too_early, sellable, distance_km, as_of, sequence, ...location } of rows) {
    // Not in the statement: as a condition there it kept the planner from walking the variants' levels (300 ms became 20 s).
    if (is_too_early) continue;
    options[Number(position) - 1]?.push({
      location,
      distanceKm: distance_km,
      availableToSell: sellable,
      asOf: as_of,
      sequence,
    });
  }
  return options;
}

interface PickupColumns {
  readonly position: string;
  readonly is_too_early: boolean;
  readonly sellable: number;
  readonly distance_km: number;
  readonly as_of: Date;
  readonly sequence: number;
}
