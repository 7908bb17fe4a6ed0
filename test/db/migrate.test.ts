import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { migrate } from '../../db/migrate.ts';
import { chooseDatabaseName } from '../support/create-test-database.ts';

let folder: string;
let url: string;
let admin: pg.Client;
let name: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oneshelf-migrations-'));
  const server = inject('databaseServerUrl');
  admin = new pg.Client({ connectionString: server });
  await admin.connect();
  name = await chooseDatabaseName();
  await admin.query(`create database ${name}`);
  const address = new URL(server);
  address.pathname = `/${name}`;
  url = address.href;
});

afterEach(async () => {
  await admin.query(`drop database ${name} with (force)`);
  await admin.end();
  await rm(folder, { recursive: true });
});

async function write(owner: string, file: string, text: string): Promise<void> {
  await mkdir(join(folder, owner), { recursive: true });
  await writeFile(join(folder, owner, file), text);
}

const run = () => migrate({ urlOf: () => url, folder });

async function query(text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

test('applies what is new, in order, once', async () => {
  await write('orders', '0002-second.sql', 'alter table thing add column note text;');
  await write('orders', '0001-first.sql', 'create table thing (id int); insert into thing values (1);');
  expect(await run()).toEqual([
    { owner: 'orders', name: '0001-first' },
    { owner: 'orders', name: '0002-second' },
  ]);
  expect(await run()).toEqual([]);
  await write('orders', '0003-third.sql', 'drop table thing;');
  expect(await run()).toEqual([{ owner: 'orders', name: '0003-third' }]);
});

test('a broken migration leaves nothing half-applied, and says where it broke', async () => {
  await write('orders', '0001-good.sql', 'create table kept (id int);');
  await run();
  await write('orders', '0002-good.sql', 'create table gone (id int);');
  await write('orders', '0003-broken.sql', 'create table gone_too (id int);\n\nalter table gone add column id int;\n');
  await expect(run()).rejects.toThrow(/0003-broken\.sql.*column "id" of relation "gone" already exists/);
  await write('orders', '0003-broken.sql', 'create table gone_too (id int);\n\ncreate tabel wrong;\n');
  await expect(run()).rejects.toThrow(/0003-broken\.sql:3: syntax error/);
  expect(
    await query(`select table_name from information_schema.tables where table_name in ('kept', 'gone', 'gone_too')`),
  ).toEqual([{ table_name: 'kept' }]);
  await write('orders', '0003-broken.sql', 'create table gone_too (id int);');
  expect(await run()).toHaveLength(2);
});

test('two at once are safe', async () => {
  await write('products', '0001-first.sql', 'create table thing (id int);');
  await write('orders', '0001-first.sql', 'create table thing (id int); select pg_sleep(0.2);');
  const results = await Promise.all([run(), run(), run()]);
  expect(results.flat()).toHaveLength(2);
});

test('a file that was changed after it had been applied is refused; other line ends are no change', async () => {
  await write('orders', '0001-first.sql', 'create table thing (id int);\n');
  await run();
  await write('orders', '0001-first.sql', 'create table thing (id int);\r\n');
  expect(await run()).toEqual([]);
  await write('orders', '0001-first.sql', 'create table thing (id bigint);\n');
  await expect(run()).rejects.toThrow(/Already applied and changed since: orders\/0001-first.sql/);
});

test('a file that is gone or badly named is refused', async () => {
  await write('orders', '0001-first.sql', 'create table thing (id int);');
  await run();
  await rm(join(folder, 'orders', '0001-first.sql'));
  await write('orders', '0002-other.sql', 'create table other (id int);');
  await expect(run()).rejects.toThrow(/0001-first is missing/);
  await write('orders', 'later.sql', '');
  await expect(run()).rejects.toThrow('orders/later.sql: a migration is named NNNN-name.sql');
});

test('says which right is missing', async () => {
  await admin.query(`create role test_poor login password 'poor'`);
  await admin.query(`grant create on database ${name} to test_poor`);
  const poor = new URL(url);
  [poor.username, poor.password] = ['test_poor', 'poor'];
  try {
    await expect(migrate({ urlOf: () => poor.href, folder })).rejects.toThrow(
      /may not create the role oneshelf_products|GRANT oneshelf_products TO/,
    );
  } finally {
    await admin.query(`drop owned by test_poor`);
    await admin.query(`revoke all on database ${name} from test_poor`);
    await admin.query(`drop role test_poor`);
  }
});

test('each owner’s change feed is the one of db/change-feed', async () => {
  const read = (path: string) => readFile(fileURLToPath(new URL(`../../db/${path}`, import.meta.url)), 'utf8');
  const template = await read('change-feed/change-feed.sql');
  for (const owner of ['products', 'inventory', 'orders', 'customers']) {
    expect(await read(`migrations/${owner}/0002-change-feed.sql`)).toBe(template);
  }
});
