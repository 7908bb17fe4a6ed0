import type { Kysely } from 'kysely';
import type { InventoryDatabase } from '../../../db/tables/inventory.ts';

/** The ids of the locations that serve a channel, by id. A channel has as many as its operator has places: 2,000 at most so far. */
export async function listServedBy(db: Kysely<InventoryDatabase>, channelId: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('channel_location')
    .select('location_id')
    .where('channel_id', '=', channelId)
    .orderBy('location_id')
    .execute();
  return rows.map((row) => row.location_id);
}
