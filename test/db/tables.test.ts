import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Kysely } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CustomersDatabase } from '../../db/tables/customers.ts';
import type { InventoryDatabase } from '../../db/tables/inventory.ts';
import type { OrdersDatabase } from '../../db/tables/orders.ts';
import type { ProductsDatabase } from '../../db/tables/products.ts';
import { createTestDatabase, type TestDatabase } from '../support/create-test-database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

interface Column {
  readonly table: string;
  readonly column: string;
  readonly nullable: boolean;
  readonly optional: boolean;
  readonly generated: boolean;
  readonly type: string;
}

async function listColumns(owner: string): Promise<readonly Column[]> {
  return database.query<Column>(
    `select c.table_name as table, c.column_name as column, c.is_nullable = 'YES' as nullable,
            c.column_default is not null or c.is_identity = 'YES' or c.is_generated = 'ALWAYS' as optional,
            c.identity_generation = 'ALWAYS' or c.is_generated = 'ALWAYS' as generated, c.udt_name as type
     from information_schema.columns c
     where c.table_schema = $1 and c.table_name not like 'migration%'
     order by 1, 2`,
    [owner],
  );
}

/** Reads the row types as text: they are gone at run time. `interface XTable { column: type; }` and the names in XxxDatabase. */
async function readRowTypes(path: string): Promise<ReadonlyMap<string, ReadonlyMap<string, string>>> {
  const text = await readFile(fileURLToPath(new URL(`../../db/${path}`, import.meta.url)), 'utf8');
  const bodies = new Map<string, Map<string, string>>();
  for (const [, name = '', body = ''] of text.matchAll(/interface (\w+)[^{]*\{\n(.*?)\n\}/gs)) {
    const fields = [...body.matchAll(/^ {2}(?:readonly )?(\w+): (.+);$/gm)];
    bodies.set(name, new Map(fields.map(([, field = '', type = '']) => [field, type])));
  }
  const tables = new Map<string, ReadonlyMap<string, string>>();
  for (const [name, fields] of bodies) {
    if (!name.endsWith('Database')) continue;
    for (const [table, type] of fields) tables.set(table, bodies.get(type) ?? new Map());
  }
  return tables;
}

/** What a column's type must look like, by the type in Postgres. Unions of texts are texts. */
const expectedTypes: Readonly<Record<string, RegExp>> = {
  int2: /\bnumber\b/,
  int4: /\bnumber\b/,
  int8: /\bnumber\b/,
  float8: /\bnumber\b/,
  bool: /\bboolean\b/,
  timestamptz: /\bDate\b/,
  text: /\bstring\b|'|Kind\b/,
  tsvector: /\bstring\b/,
  uuid: /\bstring\b/,
  _text: /\bstring\[\]/,
  jsonb: /JSONColumnType|ColumnType/,
  bytea: /\bBuffer\b/,
};

describe.each(['products', 'inventory', 'orders', 'customers'])('the row types of %s', (owner) => {
  test('are those of its tables', async () => {
    const columns = await listColumns(owner);
    const rowTypes = new Map([
      ...(await readRowTypes(`tables/${owner}.ts`)),
      ...(await readRowTypes('change-feed/tables.ts')),
    ]);
    const written = [...rowTypes].flatMap(([table, fields]) => [...fields.keys()].map((field) => `${table}.${field}`));
    expect(written.sort()).toEqual(columns.map(({ table, column }) => `${table}.${column}`).sort());
    for (const { table, column, nullable, optional, generated, type } of columns) {
      const rowType = rowTypes.get(table)?.get(column) ?? '';
      const where = `${table}.${column}: ${rowType}`;
      expect.soft(rowType, where).toMatch(expectedTypes[type] ?? /a type this test does not know/);
      // Postgres calls every computed column nullable.
      if (!generated) expect.soft(/\bnull\b/.test(rowType), `${where} (null)`).toBe(nullable);
      if (generated) expect.soft(rowType, where).toMatch(/^GeneratedAlways</);
      else if (optional) expect.soft(rowType, where).toMatch(/Generated(Always)?<|\| undefined|number \| null/);
      else expect.soft(rowType, where).not.toMatch(/Generated<|\| undefined/);
    }
  });
});

test('a join with another owner’s table does not compile', () => {
  // Never run: TypeScript refuses each, and `tsc` fails here as soon as it no longer does.
  const neverRun = (
    products: Kysely<ProductsDatabase>,
    inventory: Kysely<InventoryDatabase>,
    orders: Kysely<OrdersDatabase>,
    customers: Kysely<CustomersDatabase>,
  ) => {
    // @ts-expect-error stock belongs to inventory
    products.selectFrom('variant').innerJoin('stock_level', 'stock_level.sku', 'variant.sku');
    // @ts-expect-error variants belong to products
    inventory.selectFrom('stock_level').innerJoin('variant', 'variant.sku', 'stock_level.sku');
    // @ts-expect-error customers belong to customers
    orders.selectFrom('order').innerJoin('customer', 'customer.id', 'order.customer_id');
    // @ts-expect-error orders belong to orders
    customers.selectFrom('order');
  };
  expect(neverRun).toBeTypeOf('function');
});
