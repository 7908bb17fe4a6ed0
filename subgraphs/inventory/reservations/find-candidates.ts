import { sql, type Transaction } from 'kysely';
import type { InventoryDatabase } from '../../../db/tables/inventory.ts';
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

/**
 * The locations to consider for lines that name none: those of the channel, in its order, that have something to sell now or whose
 * holds have run out. Read before any lock, so it only chooses where to look; what is there is decided under the lock.
 */
export async function findCandidates(
  trx: Transaction<InventoryDatabase>,
  requests: readonly ReservationRequest[],
): Promise<Candidates> {
  const wanted = new Map<string, { readonly channelId: string; readonly sku: string }>();
  for (const { command } of requests) {
    if (command.kind !== 'HOLD' || command.channelId === undefined) continue;
    for (const { sku, locationId } of command.lines) {
      if (locationId === undefined)
        wanted.set(candidateKey(command.channelId, sku), { channelId: command.channelId, sku });
    }
  }
  if (wanted.size === 0) return new Map();
  const asked = [...wanted.values()];
  const { rows } = await sql<{ channel_id: string; sku: string; locations: string[] }>`
    select asked.channel_id, asked.sku, array(
             select location_id
               from stock_level join channel_location using (location_id)
              where channel_location.channel_id = asked.channel_id and stock_level.sku = asked.sku
                and (sellable > 0 or held > 0)
              order by sellable <= ${bufferUnits}, priority, location_id
              limit ${maxCandidates}) as locations
      from unnest(${asked.map((one) => one.channelId)}::text[], ${asked.map((one) => one.sku)}::text[]) as asked (channel_id, sku)
      left join lateral (${findRule}) as rule on true`.execute(trx);
  return new Map(rows.map((row) => [candidateKey(row.channel_id, row.sku), row.locations]));
}
