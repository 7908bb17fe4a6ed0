import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenTakers, openTakers } from '../../cli/open-takers.ts';
import { runSeed } from '../../import/run-seed.ts';
import type { SubgraphName } from '../../schema/subgraph-names.ts';
import { createTestDatabase, type TestDatabase } from '../support/create-test-database.ts';

const folder = join(import.meta.dirname, '../../db/seed');
let database: TestDatabase;
let open: OpenTakers;
let connections: ReturnType<typeof connectOwners>;
beforeAll(async () => {
  database = await createTestDatabase();
  open = openTakers({ urlOf: () => database.url });
  connections = connectOwners();
});
afterAll(async () => {
  await open.close();
  await database.close();
});

function connectOwners() {
  const [products, inventory] = [database.connectAs('products'), database.connectAs('inventory')];
  return { products, inventory, orders: database.connectAs('orders'), customers: database.connectAs('customers') };
}

const { signal } = new AbortController();
const count = async (text: string) =>
  Number((await database.query<{ count: number }>(`select count(*) from ${text}`))[0]?.count);

test('a seed that breaks off is completed by the next, and the one after does nothing', async () => {
  const { takers } = open;
  const runSql = async (owner: SubgraphName, text: string) =>
    (await sql.raw(text).execute(connections[owner].db)).rows.length;
  const dying = {
    ...takers,
    inventory: { ...takers.inventory, takeStock: () => Promise.reject(new Error('the power went')) },
  };
  await expect(runSeed({ folder, takers: dying, runSql, signal })).rejects.toThrow('the power went');
  const reports = await runSeed({ folder, takers, runSql, signal });
  expect(reports.map(({ rows }) => rows.read)).toEqual([2, 73, 21, 13_963, 4_856, 120]);
  const [, , , invoices, stock] = reports;
  expect(invoices?.records.orders).toEqual({ created: 0, changed: 0, unchanged: 2_390, refused: 0 });
  expect(stock?.records['stock levels']).toEqual({ created: 4_856, changed: 0, unchanged: 0, refused: 0 });
  expect(await runSeed({ folder, takers, runSql, signal })).toEqual([]);
}, 120_000);

test('only what is not goods was refused', async () => {
  expect(await count(`orders."order"`)).toBe(2_390 + 120);
  expect(await count(`orders.return_line`)).toBeGreaterThanOrEqual(402);
  expect(await count(`products.product`)).toBe(766 + 21);
});

test('each channel sells something, and has sold something', async () => {
  const channels =
    await database.query(`select id, (select count(*) from products.listing where channel_id = channel.id) > 20 as sells,
      (select count(*) from orders."order" where channel_id = channel.id) > 100 as has_sold from products.channel order by id`);
  expect(channels).toEqual(
    ['app', 'marketplace-craftfair', 'pos', 'web'].map((id) => ({ id, sells: true, has_sold: true })),
  );
});

test('what is scanned at a till has a price there, and stands in shops', async () => {
  expect(
    await count(
      `products.variant where gtin is not null and not exists (select from products.price where price.sku = variant.sku and channel_id = 'pos')`,
    ),
  ).toBe(0);
  expect(
    await count(
      `inventory.stock_level join inventory.location on location.id = location_id and kind = 'STORE' where sku = '9984203' and sellable > 0`,
    ),
  ).toBeGreaterThan(20);
});

test('what the web sells can be picked up somewhere', async () => {
  expect(
    await count(`products.price join inventory.stock_level on stock_level.sku = price.sku and sellable > 0
      join inventory.channel_location on channel_location.location_id = stock_level.location_id and channel_location.channel_id = 'web'
      join inventory.location on location.id = stock_level.location_id and kind = 'STORE' where price.channel_id = 'web'`),
  ).toBeGreaterThan(1_000);
});

test('a promotion is on today, and coordinates are doubted', async () => {
  expect(await count(`products.promotion where now() between starts_at and ends_at`)).toBe(2);
  expect(
    await count(
      `products.promotion join products.product_category on product_category.category_id = promotion.category_id`,
    ),
  ).toBeGreaterThan(10);
  expect(await count(`inventory.location where coordinates_doubt like '%km from%'`)).toBe(1);
});

test('the files are small', async () => {
  const sizes = await Promise.all((await readdir(folder)).map(async (name) => (await stat(join(folder, name))).size));
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(2_000_000);
});
