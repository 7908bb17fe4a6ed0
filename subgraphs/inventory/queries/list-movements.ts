import { type Kysely, type Selectable, sql } from 'kysely';
import type { InventoryDatabase, StockMovementTable } from '../../../db/tables/inventory.ts';
import type { LevelKey } from '../level-key.ts';

/** The last movements of a level before a version (exclusive), at most `limit`. */
export interface MovementsKey extends LevelKey {
  readonly before: number | null;
  readonly limit: number;
}

/** The last movements of levels, the latest first, in the order of the keys: one statement for any number of levels. */
export async function listMovements(
  db: Kysely<InventoryDatabase>,
  keys: readonly MovementsKey[],
): Promise<Selectable<StockMovementTable>[][]> {
  const { rows } = await sql<Selectable<StockMovementTable> & { position: number }>`
    select position, movement.*
      from unnest(${keys.map((key) => key.sku)}::text[], ${keys.map((key) => key.locationId)}::text[],
                  ${keys.map((key) => key.before)}::bigint[], ${keys.map((key) => key.limit)}::integer[])
           with ordinality as asked (sku, location_id, before, size, position)
     cross join lateral (
       select * from stock_movement
        where (stock_movement.sku, stock_movement.location_id) = (asked.sku, asked.location_id)
          and (asked.before is null or version < asked.before)
        order by version desc limit asked.size) as movement
     order by position, version desc`.execute(db);
  const movements: Selectable<StockMovementTable>[][] = keys.map(() => []);
  for (const { position, ...movement } of rows) movements[position - 1]?.push(movement);
  return movements;
}
