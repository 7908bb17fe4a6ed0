import { type Kysely, sql } from 'kysely';
import type { InventoryDatabase } from '../../../db/tables/inventory.ts';

/** How many levels there are, and how they lie. */
export interface LevelsSpec {
  readonly title: string;
  readonly skuCount: number;
  /** At how many of the channel's locations each SKU has a level. */
  readonly locationsOfEach: number;
}

export const locationCount = 1_000;
export const availabilitySku = (i: number): string => `sku-${i}`;

/**
 * A channel with 1,000 locations, and levels that come in location by location, as imports bring them: those of one SKU lie far apart on
 * disk.
 */
export async function fillLevels(
  db: Kysely<InventoryDatabase>,
  { skuCount, locationsOfEach }: LevelsSpec,
): Promise<void> {
  await sql`
    insert into location (id, name, kind, address_lines, city, postal_code, country_code, latitude, longitude, time_zone, source, source_key)
    select 'shop-' || n, 'Shop ' || n, 'STORE', '{1 High Street}', 'Town', '1', 'GB', -80 + (n * 37) % 160, -170 + (n * 53) % 340,
           'Europe/London', 'bench-shops', n
      from generate_series(1, ${locationCount}::integer) as n`.execute(db);
  await sql`
    insert into channel_location (channel_id, location_id, priority)
    select 'web', 'shop-' || n, n from generate_series(1, ${locationCount}::integer) as n`.execute(db);
  const step = locationCount / locationsOfEach;
  await sql`
    insert into stock_level (sku, location_id, on_hand)
    select 'sku-' || s, 'shop-' || n, (s * 7 + n * 13) % 20
      from generate_series(1, ${locationCount}::integer) as n, generate_series(0, ${skuCount}::integer - 1) as s
     where (n + s) % ${step}::integer = 0
     order by n, s`.execute(db);
}
