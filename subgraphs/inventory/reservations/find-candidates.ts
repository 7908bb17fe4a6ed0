import { sql, type Transaction } from 'kysely';
import type { InventoryDatabase } from '../../../db/tables/inventory.ts';
import type { Bundles } from '../bundles/bundle-parts.ts';
import { bufferUnits, findRule } from '../channel-rules/buffer-units.ts';
import type { ReservationRequest } from './reservation.ts';
import { candidateKey } from './reservation-draft.ts';

/** For each channel and SKU the locations that may serve it, the first choice first; by candidateKey. */
export type Candidates = ReadonlyMap<string, readonly string[]>;

/**
 * How many locations of a channel are locked for a line that leaves the choice to us: a lock on all of a thousand
 * shops for one mug would make every such buyer wait for every other.
 */
const maxCandidates = 8;

/** A SKU that a channel sells. */
interface Asked {
  readonly channelId: string;
  readonly sku: string;
}

/**
 * The locations to consider for lines that name none: those of the channel, in its order, that have something to sell now or whose
 * holds have run out, and the one where back-orders are promised. Read before any lock, so it only chooses where to look; what is there is decided
 * under the lock.
 */
export async function findCandidates(
  trx: Transaction<InventoryDatabase>,
  requests: readonly ReservationRequest[],
  bundles: Bundles,
): Promise<Candidates> {
  const wanted = new Map<string, Asked>();
  for (const { command } of requests) {
    if (command.kind !== 'HOLD' || command.channelId === undefined) continue;
    for (const { sku, locationId } of command.lines) {
      if (locationId === undefined)
        wanted.set(candidateKey(command.channelId, sku), { channelId: command.channelId, sku });
    }
  }
  const [ofBundles, ofOthers] = [
    [...wanted.values()].filter(({ sku }) => bundles.has(sku)),
    [...wanted.values()].filter(({ sku }) => !bundles.has(sku)),
  ];
  return new Map([...(await listPlaces(trx, ofOthers)), ...(await listBundlePlaces(trx, ofBundles))]);
}

async function listPlaces(trx: Transaction<InventoryDatabase>, asked: readonly Asked[]): Promise<Candidates> {
  if (asked.length === 0) return new Map();
  const { rows } = await sql<{ channel_id: string; sku: string; locations: string[] }>`
    select asked.channel_id, asked.sku, array(
             select location_id
               from stock_level join channel_location using (location_id)
              where channel_location.channel_id = asked.channel_id and stock_level.sku = asked.sku
                and (sellable > 0 or held > 0)
              order by sellable <= ${bufferUnits}, priority, location_id
              limit ${maxCandidates}) || array(
             select location_id from channel_back_order
              where channel_back_order.channel_id = asked.channel_id and channel_back_order.sku = asked.sku) as locations
      from unnest(${asked.map((one) => one.channelId)}::text[], ${asked.map((one) => one.sku)}::text[]) as asked (channel_id, sku)
      left join lateral (${findRule}) as rule on true`.execute(trx);
  return new Map(rows.map((row) => [candidateKey(row.channel_id, row.sku), [...new Set(row.locations)]]));
}

/** A bundle is taken from one location: those where every part has something, those with enough for one first. */
async function listBundlePlaces(trx: Transaction<InventoryDatabase>, asked: readonly Asked[]): Promise<Candidates> {
  if (asked.length === 0) return new Map();
  const { rows } = await sql<{ channel_id: string; sku: string; locations: string[] }>`
    select asked.channel_id, asked.sku, array(
             select location_id from channel_location
              cross join lateral (
                select bool_and(coalesce(sellable > 0 or held > 0, false)) as has_all, bool_and(coalesce(sellable >= part.quantity, false)) as has_one
                  from stock_bundle_part as part
                  left join stock_level on stock_level.sku = part.part_sku and stock_level.location_id = channel_location.location_id
                 where part.bundle_sku = asked.sku) as parts
              where channel_location.channel_id = asked.channel_id and (has_all or exists (
                select from stock_bundle_part as part
                  join channel_back_order on channel_back_order.location_id = channel_location.location_id
                 where part.bundle_sku = asked.sku and channel_back_order.channel_id = asked.channel_id
                   and channel_back_order.sku = part.part_sku))
              order by not has_one, priority, location_id
              limit ${maxCandidates}) as locations
      from unnest(${asked.map((one) => one.channelId)}::text[], ${asked.map((one) => one.sku)}::text[]) as asked (channel_id, sku)`.execute(
    trx,
  );
  return new Map(rows.map((row) => [candidateKey(row.channel_id, row.sku), row.locations]));
}
