import { type Kysely, sql } from 'kysely';
import type { InventoryDatabase } from '../../../db/tables/inventory.ts';
import type { LevelKey } from '../level-key.ts';
import { levelKeyText } from '../level-key.ts';
import type { StockLevelParent } from '../parents.ts';
import { feedSequence } from './feed-sequence.ts';

/** Levels by SKU and location, in the order of the keys; undefined where a variant was never stocked. */
export async function findStockLevels(
  db: Kysely<InventoryDatabase>,
  keys: readonly LevelKey[],
): Promise<(StockLevelParent | undefined)[]> {
  const { rows } = await sql<StockLevelParent>`
    select stock_level.*, now() as as_of, ${feedSequence} as sequence
      from unnest(${keys.map((key) => key.sku)}::text[], ${keys.map((key) => key.locationId)}::text[]) as asked (sku, location_id)
      join stock_level using (sku, location_id)`.execute(db);
  const byKey = new Map(rows.map((row) => [levelKeyText({ sku: row.sku, locationId: row.location_id }), row]));
  return keys.map((key) => byKey.get(levelKeyText(key)));
}
