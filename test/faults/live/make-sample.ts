import pg from 'pg';
import type { Stock } from './writers.ts';

const skusEach = 24;

/**
 * Shops that serve the channel `pos`, and what is sold there, in migrated tables. They have no stock yet, so that tills meet levels that
 * begin with version 1. The sample data of `oneshelf seed` would take 10 s.
 */
export async function makeSample(databaseUrl: string, shops: number): Promise<Stock> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(`
      insert into inventory.location (id, name, kind, address_lines, city, postal_code, country_code, latitude, longitude,
                                      time_zone, source, source_key)
      select 'shop-' || n, 'Shop ' || n, 'STORE', '{1 High Street}', 'Town', '1', 'GB', 50 + n, n, 'Europe/London', 'test', n
        from generate_series(1, ${shops}) as n;
      insert into inventory.channel_location (channel_id, location_id, priority)
      select 'pos', 'shop-' || n, n from generate_series(1, ${shops}) as n;
      insert into products.channel values ('pos', 'Till', 'POS', 'GBP', 'en-GB');
      with made as (
        insert into products.product (handle, title, source, source_key)
        select 'thing-' || n, 'Thing ' || n, 'test', n from generate_series(1, ${skusEach}) as n returning id, source_key
      )
      insert into products.variant (sku, product_id, title) select 'SKU-' || source_key, id, 'Blue' from made;
    `);
  } finally {
    await client.end();
  }
  const skus = Array.from({ length: skusEach }, (_, index) => `SKU-${index + 1}`);
  return new Map(Array.from({ length: shops }, (_, index) => [`shop-${index + 1}`, skus]));
}
