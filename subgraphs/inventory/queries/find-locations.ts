import type { Kysely, Selectable } from 'kysely';
import type { InventoryDatabase, LocationTable } from '../../../db/tables/inventory.ts';

/** Locations by id, in the order of the ids; undefined for an id that nobody has. */
export async function findLocations(
  db: Kysely<InventoryDatabase>,
  ids: readonly string[],
): Promise<(Selectable<LocationTable> | undefined)[]> {
  const rows = await db
    .selectFrom('location')
    .selectAll()
    .where('id', 'in', [...ids])
    .execute();
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => byId.get(id));
}
