import { sql, type Transaction } from 'kysely';
import type { InventoryDatabase } from '../../../db/tables/inventory.ts';
import type { LevelKey } from '../level-key.ts';
import { bufferKey } from '../reservations/reservation-draft.ts';
import { bufferUnits, findRule } from './buffer-units.ts';

/** How many units channels keep back at levels, by bufferKey; nothing for those without a rule. The levels are locked. */
export async function readBuffers(
  trx: Transaction<InventoryDatabase>,
  asked: readonly (LevelKey & { readonly channelId: string })[],
): Promise<ReadonlyMap<string, number>> {
  if (asked.length === 0) return new Map();
  const distinct = [...new Map(asked.map((one) => [bufferKey(one.channelId, one), one])).values()];
  const { rows } = await sql<{ channel_id: string; sku: string; location_id: string; units: number }>`
    select asked.channel_id, asked.sku, asked.location_id, ${bufferUnits} as units
      from unnest(${distinct.map((one) => one.channelId)}::text[], ${distinct.map((one) => one.sku)}::text[],
                  ${distinct.map((one) => one.locationId)}::text[]) as asked (channel_id, sku, location_id)
      join stock_level using (sku, location_id)
      join lateral (${findRule}) as rule on true`.execute(trx);
  return new Map(
    rows.map((row) => [bufferKey(row.channel_id, { sku: row.sku, locationId: row.location_id }), row.units]),
  );
}
