import { type Kysely, sql } from 'kysely';
import type { InventoryDatabase } from '../../../db/tables/inventory.ts';
import { isDirty } from './dirty-levels.ts';
import { takeSumsTurn } from './sums-turn.ts';

/** At more locations than this, sums of a SKU are kept. Fewer are read in a few milliseconds a hundred SKUs, and cost no fold. */
export const manyLocations = 200;

/**
 * A sum of a SKU with more dirty levels than this is not begun: to read those one by one is slower than to read all from the index, so
 * a shop that was just filled waits for the fold.
 */
const foldedEnough = 100;

/** How many sums are built in one statement: it reads their levels. */
const buildSize = 100;

/**
 * Builds sums that are not there, or that are of no use any more because other locations serve the channel or it keeps back another
 * number; gives how many. Adds up what was folded, not what is there: the rest is dirty, and readers count it. Locks no level.
 */
export async function buildSums(db: Kysely<InventoryDatabase>): Promise<number> {
  const built = await takeSumsTurn(db, async (trx) => {
    const { numAffectedRows } = await sql`
      with wanted as materialized (
        select summed.sku, serving.channel_id, serving.version, coalesce(own.amount, whole.amount, 0) as buffer_units
          from stock_summed_sku as summed
         cross join channel_serving as serving
          left join channel_buffer as own on own.channel_id = serving.channel_id and own.sku = summed.sku
          left join channel_buffer as whole on whole.channel_id = serving.channel_id and whole.sku = ''
          left join stock_sum on stock_sum.sku = summed.sku and stock_sum.channel_id = serving.channel_id
         where coalesce(own.kind, whole.kind, 'UNITS') = 'UNITS'
           and (stock_sum.serving_version, stock_sum.buffer_units)
               is distinct from (serving.version, coalesce(own.amount, whole.amount, 0))
           and (select count(*) from (
                 select from stock_level where ${isDirty(sql`summed.sku`)}
                  limit ${foldedEnough}::integer + 1) as dirty) <= ${foldedEnough}::integer
         limit ${buildSize}
      )
      insert into stock_sum (sku, channel_id, serving_version, buffer_units, sellable, on_shelf)
      select wanted.sku, wanted.channel_id, wanted.version, wanted.buffer_units, coalesce(folded.sellable, 0), coalesce(folded.on_shelf, 0)
        from wanted
       cross join lateral (
         select sum(greatest(folded_sellable, 0)) as sellable, sum(greatest(folded_sellable - wanted.buffer_units, 0)) as on_shelf
           from (select location_id, folded_sellable from stock_level where stock_level.sku = wanted.sku offset 0) as level
           join channel_location as place on (place.channel_id, place.location_id) = (wanted.channel_id, level.location_id)) as folded
          on conflict (sku, channel_id) do update
         set serving_version = excluded.serving_version, buffer_units = excluded.buffer_units,
             sellable = excluded.sellable, on_shelf = excluded.on_shelf`.execute(trx);
    return Number(numAffectedRows ?? 0n);
  });
  return built ?? 0;
}

/**
 * Finds SKUs that have come to lie at many locations; gives how many. Goes from SKU to SKU in the index: the levels of those that are
 * known are not read, and never more than a few hundred of any.
 */
export async function findSummedSkus(db: Kysely<InventoryDatabase>, many = manyLocations): Promise<number> {
  const found = await takeSumsTurn(db, async (trx) => {
    const { numAffectedRows } = await sql`
    with recursive each_sku as (
      (select sku from stock_level order by sku limit 1)
       union all
      select (select sku from stock_level where stock_level.sku > each_sku.sku order by sku limit 1)
        from each_sku where each_sku.sku is not null
    )
    insert into stock_summed_sku (sku)
    select sku from each_sku
     where not exists (select from stock_summed_sku as summed where summed.sku = each_sku.sku)
       and exists (select from stock_level where stock_level.sku = each_sku.sku offset ${many}::integer)
        on conflict do nothing`.execute(trx);
    return Number(numAffectedRows ?? 0n);
  });
  return found ?? 0;
}
