import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readDatabaseConfig } from '../../db/config.ts';
import { connectAs, openDatabase, type Statement } from '../../db/connect.ts';
import { owners } from '../../db/owners.ts';
import { createTestDatabase, type TestDatabase } from '../support/create-test-database.ts';
import { waitUntil } from '../support/wait-until.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

describe('an owner’s connection', () => {
  test('runs with its role, its names and its limits', async () => {
    const { db } = database.connectAs('orders');
    const { rows } = await sql`
      select current_user as role, current_setting('search_path') as path, current_setting('statement_timeout') as timeout,
             current_setting('timezone') as zone
    `.execute(db);
    expect(rows).toEqual([{ role: 'oneshelf_orders', path: 'orders,extensions', timeout: '2s', zone: 'UTC' }]);
  });

  test.each(owners)('%s cannot read, or even see into, another’s schema', async (owner) => {
    const { db } = database.connectAs(owner, { poolSize: 2 });
    const { rows } = await sql<{ schema: string; table: string }>`
      select n.nspname as schema, c.relname as table from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and n.nspname in ('products', 'inventory', 'orders', 'customers', 'gateway')
    `.execute(db);
    const others = rows.filter((row) => row.schema !== owner);
    expect(others.length).toBeGreaterThan(10);
    for (const { schema, table } of others) {
      await expect(sql`select from ${sql.table(`${schema}.${table}`)}`.execute(db)).rejects.toMatchObject({
        code: '42501',
      });
    }
  });

  test('reads and writes rows, and nothing more', async () => {
    const { db } = database.connectAs('products');
    await db
      .insertInto('channel')
      .values({ id: 'web', name: 'Web', kind: 'WEB', currency_code: 'GBP', locale: 'en-GB' })
      .execute();
    expect(await db.selectFrom('channel').select('id').execute()).toEqual([{ id: 'web' }]);
    await db.deleteFrom('channel').execute();
    await expect(sql`drop table channel`.execute(db)).rejects.toMatchObject({ code: '42501' });
    await expect(sql`truncate channel cascade`.execute(db)).rejects.toMatchObject({ code: '42501' });
    await expect(sql`create table mine ()`.execute(db)).rejects.toMatchObject({ code: '42501' });
    await expect(sql`update migration_checksum set checksum = ''`.execute(db)).rejects.toMatchObject({ code: '42501' });
  });

  test('may use the extensions', async () => {
    const { db } = database.connectAs('inventory');
    const { rows } = await sql<{ metres: number; likeness: number }>`
      select earth_distance(ll_to_earth(51.5, -0.12), ll_to_earth(48.85, 2.35)) as metres, similarity('mug', 'mugs') as likeness
    `.execute(db);
    expect(rows[0]?.metres).toBeCloseTo(343_000, -4);
    expect(rows[0]?.likeness).toBeGreaterThan(0.4);
  });

  test('cancels a statement that runs too long', async () => {
    const { db } = database.connectAs('orders', { statementTimeoutMs: 50 });
    await expect(sql`select pg_sleep(5)`.execute(db)).rejects.toMatchObject({ code: '57014' });
  });

  test('keeps other options of the address', async () => {
    const url = new URL(database.url);
    url.searchParams.set('options', '-c work_mem=7MB');
    const { db, close } = connectAs(url.href, 'orders');
    const { rows } = await sql`select current_user as role, current_setting('work_mem') as memory`.execute(db);
    expect(rows).toEqual([{ role: 'oneshelf_orders', memory: '7MB' }]);
    await close();
    await close();
  });

  test('tells every statement, for counting', async () => {
    const statements: Statement[] = [];
    const { db } = database.connectAs('orders', { onStatement: (statement) => statements.push(statement) });
    await db.selectFrom('order').select('id').execute();
    await sql`select nothing`.execute(db).catch(() => undefined);
    expect(statements.map((statement) => statement.sql)).toEqual(['select "id" from "order"', 'select nothing']);
    expect(statements[1]?.error).toMatchObject({ code: '42703' });
  });

  test('outlives a connection that breaks', async () => {
    const lost: Error[] = [];
    const { db } = database.connectAs('orders', { poolSize: 2, onConnectionLost: (error) => lost.push(error) });
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db);
    await database.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
    await waitUntil('the pool notices', () => lost.length > 0);
    expect((await sql`select 1 as one`.execute(db)).rows).toEqual([{ one: 1 }]);
  });
});

test('values arrive as the row types say', async () => {
  const { db } = database.connectAs('orders');
  const { rows } = await sql`
    select 9007199254740991::bigint as big, array[1, null]::bigint[] as bigs, count(*) as count, 0.10::numeric as exact,
           '2024-02-29'::date as day, '2024-02-29T12:00:00+02'::timestamptz as moment
  `.execute(db);
  expect(rows).toEqual([
    {
      big: 9007199254740991,
      bigs: [1, null],
      count: 1,
      exact: '0.10',
      day: '2024-02-29',
      moment: new Date('2024-02-29T10:00:00Z'),
    },
  ]);
  await expect(sql`select 9007199254740992::bigint`.execute(db)).rejects.toThrow(/beyond what a number can hold/);
});

describe('opening a database that is given', () => {
  test('uses it, and another for the owner that has one', async () => {
    const config = { ...readDatabaseConfig({}), url: database.url, ownerUrls: { orders: `${database.url}?x=1` } };
    const opened = await openDatabase({ config });
    expect(opened.isEmbedded).toBe(false);
    expect([opened.urlOf('products'), opened.urlOf('orders')]).toEqual([database.url, `${database.url}?x=1`]);
    await opened.close();
    await opened.close();
  });

  test('says which server does not answer, without its password', async () => {
    const url = 'postgres://user:secret@127.0.0.1:1/nowhere';
    const opening = openDatabase({ config: { ...readDatabaseConfig({}), url } });
    await expect(opening).rejects.toThrow(/^No connection to Postgres at 127.0.0.1:1\/nowhere: (?!.*secret)/);
  });

  test('refuses a server that is too old', async () => {
    // A role setting is what a real older server would answer with.
    await database.query(`create role old_server login superuser password 'old'`);
    const url = new URL(database.url);
    [url.username, url.password] = ['old_server', 'old'];
    url.searchParams.set('options', '-c search_path=old,pg_catalog');
    await database.query('create schema old');
    await database.query(
      `create function old.current_setting(text) returns text language sql as $$ select '140012' $$`,
    );
    const opening = openDatabase({ config: { ...readDatabaseConfig({}), url: url.href } });
    await expect(opening).rejects.toThrow(/is version 14; 15 or newer is needed/);
    await database.query('drop schema old cascade; drop role old_server');
  });
});
