import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { ensureEpoch } from '../../db/change-feed/feed-state.ts';
import { type ConnectOptions, connectAs, type OwnerConnection } from '../../db/connect.ts';
import { findProcess } from '../../db/embedded-postgres/process-identity.ts';
import type { Owner } from '../../db/owners.ts';
import { parseColumn } from '../../db/parse-column.ts';
import { subgraphNames } from '../../schema/subgraph-names.ts';
import { ensureTemplate, type TemplateKind } from './template-database.ts';
import { waitUntil } from './wait-until.ts';

/** A database for one test file. Must be closed in `afterAll`. */
export interface TestDatabase {
  /** Leads there as a superuser. */
  readonly url: string;
  /** Connects as an owner, as the subgraphs do; closed together with the database. */
  connectAs<O extends Owner>(owner: O, options?: ConnectOptions): OwnerConnection<O>;
  /** One statement as a superuser, all schemas in reach by name. */
  query<Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  /** Drops it. Fails when a connection was left open: something forgot to close. */
  close(): Promise<void>;
}

/** A fresh database with all tables, empty; about 50 ms. */
export function createTestDatabase(): Promise<TestDatabase> {
  return cloneDatabase('migrated');
}

/** A fresh database with the sample data. */
export function createSeededDatabase(): Promise<TestDatabase> {
  return cloneDatabase('seeded');
}

/** A name for a database of this process; the next run drops it when this one was killed before it could. */
export async function chooseDatabaseName(): Promise<string> {
  const self = await findProcess(process.pid);
  return `test_clone_${process.pid}_${self?.startedAt ?? '0'}_${randomBytes(4).toString('hex')}`;
}

async function cloneDatabase(kind: TemplateKind): Promise<TestDatabase> {
  const serverUrl = inject('databaseServerUrl');
  const name = await chooseDatabaseName();
  await asAdmin(serverUrl, async (admin) => {
    const template = await ensureTemplate(admin, serverUrl, kind);
    await admin.query(`create database ${name} template ${template}`);
  });
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const database = openTestDatabase(name, url.href, serverUrl);
  await Promise.all(subgraphNames.map((owner) => beginFeed(url.href, owner)));
  return database;
}

/**
 * A copy is another database than the one it was made from, so its feeds begin a new life with the first sequencer. That has to be over
 * before a test reads its first position, or it is sent away by chance.
 */
async function beginFeed(url: string, owner: Owner): Promise<void> {
  const connection = connectAs(url, owner, { poolSize: 1 });
  try {
    await ensureEpoch(connection.db);
  } finally {
    await connection.close();
  }
}

function openTestDatabase(name: string, url: string, serverUrl: string): TestDatabase {
  const opened: { close(): Promise<void> }[] = [];
  const superuser = new pg.Pool({ connectionString: url, max: 4, types: { getTypeParser: parseColumn } });
  superuser.on('error', () => undefined); // tests end connections on purpose
  const dropAll = async () => {
    for (const connection of opened) await connection.close();
    await superuser.end();
    await asAdmin(serverUrl, async (admin) => {
      const left = await waitForLeavers(admin, name);
      await admin.query(`drop database if exists ${name} with (force)`);
      if (left.length > 0) throw new Error(`Connections left open: ${left.join(', ')}`);
    });
  };
  let closing: Promise<void> | undefined;
  return {
    url,
    connectAs: (owner, options) => {
      const connection = connectAs(url, owner, options);
      opened.push(connection);
      return connection;
    },
    query: async (text, values = []) => (await superuser.query(text, [...values])).rows,
    close: () => {
      closing ??= dropAll();
      return closing;
    },
  };
}

/** A connection that was just closed is listed for a moment longer. Gives the names of those that stay. */
async function waitForLeavers(admin: pg.Client, name: string): Promise<readonly string[]> {
  const list = async () => {
    const { rows } = await admin.query<{ connection: string }>(
      `select application_name || ': ' || left(query, 60) as connection
       from pg_stat_activity where datname = $1 and backend_type = 'client backend'`,
      [name],
    );
    return rows.map((row) => row.connection);
  };
  return waitUntil('connections are closed', async () => (await list()).length === 0, 3_000).then(() => [], list);
}

async function asAdmin<Result>(serverUrl: string, work: (admin: pg.Client) => Promise<Result>): Promise<Result> {
  const admin = new pg.Client({ connectionString: serverUrl });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}
