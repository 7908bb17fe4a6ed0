import { type Kysely, sql } from 'kysely';
import type { InventoryDatabase } from '../../../db/tables/inventory.ts';
import { takeDirtyLevels } from '../locks.ts';
import { isDirty } from './dirty-levels.ts';
import { takeSumsTurn } from './sums-turn.ts';

/**
 * So many dirty levels of a SKU stay as they are: reading them costs a tenth of a millisecond, and what is sold again and again is folded once
 * instead of each time.
 */
export const fewDirty = 16;

/** Levels that one fold takes: buyers of those wait for it, 10 to 20 ms. */
const foldSize = 250;

/** SKUs that are looked for at once. */
const skusAtOnce = 100;

/**
 * Makes the sums count the dirty levels of some crowded SKUs as they are now; gives the number of levels. Levels that somebody else has
 * locked stay dirty, and so do those of all SKUs while another process folds.
 */
export async function foldLevels(
  db: Kysely<InventoryDatabase>,
  signal: AbortSignal,
  leave = fewDirty,
): Promise<number> {
  const { rows } = await sql<{ sku: string }>`
    select sku from stock_summed_sku as summed
     where (select count(*) from (
             select from stock_level where ${isDirty(sql`summed.sku`)}
              limit ${leave}::integer + 1) as dirty) > ${leave}::integer
     limit ${skusAtOnce}`.execute(db);
  let total = 0;
  for (const { sku } of rows) {
    for (let folded = foldSize; folded === foldSize; total += folded) {
      signal.throwIfAborted();
      folded = await foldSku(db, sku);
    }
  }
  return total;
}

/** One statement: each reader sees all of a fold or nothing, and so does a crash. */
async function foldSku(db: Kysely<InventoryDatabase>, sku: string): Promise<number> {
  const folded = await takeSumsTurn(db, async (trx) => {
    const { rows } = await sql<{ folded: number }>`
      with taken as materialized (
        ${takeDirtyLevels(sku, foldSize)}
      ), folded as (
        update stock_level set folded_sellable = taken.sellable from taken
         where stock_level.sku = taken.sku and stock_level.location_id = taken.location_id
      ), difference as materialized (
        select stock_sum.channel_id,
               sum(greatest(taken.sellable, 0) - greatest(taken.folded_sellable, 0)) as sellable,
               sum(greatest(taken.sellable - buffer_units, 0) - greatest(taken.folded_sellable - buffer_units, 0)) as on_shelf
          from taken
          join channel_location on channel_location.location_id = taken.location_id
          join stock_sum on stock_sum.sku = taken.sku and stock_sum.channel_id = channel_location.channel_id
         group by stock_sum.channel_id
      ), added as (
        update stock_sum set sellable = stock_sum.sellable + difference.sellable, on_shelf = stock_sum.on_shelf + difference.on_shelf
          from difference
         where stock_sum.sku = ${sku} and stock_sum.channel_id = difference.channel_id
      )
      select count(*)::integer as folded from taken`.execute(trx);
    return rows[0]?.folded ?? 0;
  });
  return folded ?? 0;
}
