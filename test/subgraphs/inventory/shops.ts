import { type Insertable, type Kysely, sql } from 'kysely';
import type { InventoryDatabase, LocationTable } from '../../../db/tables/inventory.ts';

/** A location with as little as a test has to say of it. */
export async function addLocation(
  db: Kysely<InventoryDatabase>,
  id: string,
  columns: Partial<Insertable<LocationTable>> = {},
): Promise<void> {
  await db
    .insertInto('location')
    .values({
      id,
      name: id,
      kind: 'STORE',
      address_lines: ['1 High Street'],
      city: 'London',
      region: null,
      postal_code: 'N1 1AA',
      country_code: 'GB',
      latitude: 51.5,
      longitude: -0.1,
      time_zone: 'Europe/London',
      coordinates_doubt: null,
      source: 'test',
      source_key: id,
      ...columns,
    })
    .execute();
}

/** The locations that serve a channel, in order. */
export async function serveChannel(
  db: Kysely<InventoryDatabase>,
  channelId: string,
  locationIds: readonly string[],
): Promise<void> {
  await db
    .insertInto('channel_location')
    .values(locationIds.map((locationId, i) => ({ channel_id: channelId, location_id: locationId, priority: i + 1 })))
    .execute();
}

/** Many locations at once, spread over the globe: `shop-1` to `shop-<count>`. */
export async function addManyLocations(db: Kysely<InventoryDatabase>, count: number): Promise<void> {
  await sql`
    insert into location (id, name, kind, address_lines, city, postal_code, country_code, latitude, longitude, time_zone,
                          source, source_key)
    select 'shop-' || n, 'Shop ' || n, 'STORE', '{1 High Street}', 'Town', '1', 'GB',
           -80 + (n * 37) % 160, -170 + (n * 53) % 340, 'Europe/London', 'test', n
      from generate_series(1, ${count}) as n`.execute(db);
}
