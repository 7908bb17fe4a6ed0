import { sql, type Transaction } from 'kysely';
import type { InventoryDatabase, StockPromiseColumn } from '../../../db/tables/inventory.ts';
import { type LevelKey, levelKeyText } from '../level-key.ts';

/** How many promises an alert names. */
const maxPromises = 10;

/**
 * The promises that levels cannot keep, the weakest first, as many as the shortfall takes; by levelKeyText. Weaker is a hold than an order,
 * a try-on than a cart, than a till, than a marketplace's order, than one being placed; of two alike, the younger.
 */
export async function findUnmetPromises(
  trx: Transaction<InventoryDatabase>,
  levels: readonly (LevelKey & { readonly shortfall: number })[],
): Promise<ReadonlyMap<string, readonly StockPromiseColumn[]>> {
  if (levels.length === 0) return new Map();
  const { rows } = await sql<Omit<StockPromiseColumn, 'madeAt'> & { sku: string; location_id: string; made_at: Date }>`
    with short as (
      select * from unnest(${levels.map(({ sku }) => sku)}::text[], ${levels.map(({ locationId }) => locationId)}::text[])
        as short (sku, location_id)
    ), promise as (
      select sku, location_id, 'HOLD' as kind, hold_id::text as id, owner_kind as "ownerKind", quantity, created_at as made_at,
             array_position(array['TRY_ON', 'CART', 'TILL', 'IMPORT', 'ORDER'], owner_kind) as strength
        from short join stock_hold_line using (sku, location_id) join stock_hold on stock_hold.id = hold_id
       where is_open
       union all
      select sku, location_id, 'ORDER', cause_id, null, sum(allocated_change)::integer, min(occurred_at), 6
        from short join stock_movement using (sku, location_id)
       where cause_kind = 'ORDER'
       group by sku, location_id, cause_id having sum(allocated_change) > 0
    )
    select sku, location_id, kind, id, "ownerKind", quantity, made_at
      from (select *, row_number() over (partition by sku, location_id order by strength, made_at desc, id) as place from promise) as ranked
     where place <= ${maxPromises}
     order by sku, location_id, place`.execute(trx);
  const byLevel = Map.groupBy(rows, (row) => levelKeyText({ sku: row.sku, locationId: row.location_id }));
  return new Map(
    levels.map((level) => [levelKeyText(level), takeUntil(byLevel.get(levelKeyText(level)) ?? [], level.shortfall)]),
  );
}

/** The first promises that together make up what is missing. */
function takeUntil(
  promises: readonly (Omit<StockPromiseColumn, 'madeAt'> & { readonly made_at: Date })[],
  shortfall: number,
): readonly StockPromiseColumn[] {
  const taken: StockPromiseColumn[] = [];
  let missing = shortfall;
  for (const { kind, id, ownerKind, quantity, made_at } of promises) {
    if (missing <= 0) break;
    taken.push({ kind, id, ownerKind, quantity, madeAt: made_at.toISOString() });
    missing -= quantity;
  }
  return taken;
}
