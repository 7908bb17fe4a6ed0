import { type Kysely, type Selectable, sql } from 'kysely';
import type { InventoryDatabase, LocationTable } from '../../../db/tables/inventory.ts';
import { bufferUnits, findRule } from '../channel-rules/buffer-units.ts';
import type { StockAlternativeParent } from '../parents.ts';
import type { InsufficientStockProblem } from '../stock-problem.ts';
import { feedSequence } from './feed-sequence.ts';

/** How many other places are named. */
const maxAlternatives = 3;

/**
 * Where else the whole quantity of each short line can be had, nearest to where it was asked for first: one statement for any number
 * of lines. Only places of the channel, when one was named.
 */
export async function listAlternatives(
  db: Kysely<InventoryDatabase>,
  problems: readonly InsufficientStockProblem[],
): Promise<StockAlternativeParent[][]> {
  const { rows } = await sql<
    Selectable<LocationTable> & { position: number; sellable: number; as_of: Date; sequence: number }
  >`
    select position, now() as as_of, ${feedSequence} as sequence, alternative.*
      from unnest(${problems.map((one) => one.sku)}::text[], ${problems.map((one) => one.locationId)}::text[],
                  ${problems.map((one) => one.channelId)}::text[], ${problems.map((one) => one.quantity)}::integer[])
           with ordinality as asked (sku, location_id, channel_id, quantity, position)
      left join location as origin on origin.id = asked.location_id
      left join lateral (${findRule}) as rule on true
     cross join lateral (
       select location.*, stock_level.sellable - ${bufferUnits} as sellable
         from stock_level join location on location.id = stock_level.location_id
        where stock_level.sku = asked.sku and stock_level.sellable - ${bufferUnits} >= asked.quantity
          and stock_level.location_id is distinct from asked.location_id
          and (asked.channel_id is null or exists (
                select from channel_location
                 where (channel_id, location_id) = (asked.channel_id, stock_level.location_id)))
        order by ll_to_earth(location.latitude, location.longitude) <-> ll_to_earth(origin.latitude, origin.longitude), location.id
        limit ${maxAlternatives}) as alternative
     order by position`.execute(db);
  const alternatives: StockAlternativeParent[][] = problems.map(() => []);
  for (const { position, sellable, as_of, sequence, ...location } of rows) {
    alternatives[position - 1]?.push({ location, availableToSell: sellable, asOf: as_of, sequence });
  }
  return alternatives;
}
