import { type Kysely, sql } from 'kysely';
import type { InventoryDatabase } from '../../../db/tables/inventory.ts';

/**
 * How many units are promised to orders at locations and have not left, in the order of the ids: one statement. Asked only of places with a limit, because it
 * reads all levels of a place (10,000: 2 ms); an index for it would be written by every order.
 */
export async function sumPickupQueues(
  db: Kysely<InventoryDatabase>,
  locationIds: readonly string[],
): Promise<number[]> {
  const { rows } = await sql<{ location_id: string; units: number }>`
    select location_id, sum(allocated)::integer as units from stock_level
     where location_id = any (${[...locationIds]}::text[]) group by location_id`.execute(db);
  const byLocation = new Map(rows.map((row) => [row.location_id, row.units]));
  return locationIds.map((id) => byLocation.get(id) ?? 0);
}
