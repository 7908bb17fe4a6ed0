import pg from 'pg';
import { superuser } from './cluster.ts';

const databaseName = 'oneshelf';

/** The address of our database on the embedded server. */
export function toUrl(password: string, port: number): string {
  return `postgres://${superuser}:${password}@127.0.0.1:${port}/${databaseName}`;
}

/** Makes our database when a new server has none yet; also the proof that the server takes our password and answers. */
export async function ensureDatabase(url: string): Promise<void> {
  const server = new URL(url);
  server.pathname = '/postgres';
  const client = new pg.Client({
    connectionString: server.href,
    connectionTimeoutMillis: 15_000,
    query_timeout: 30_000,
  });
  // A connection that breaks while idle is reported here; without a listener that would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const found = await client.query('select from pg_database where datname = $1', [databaseName]);
    if (found.rowCount === 0) await client.query(`create database ${databaseName}`);
  } finally {
    await client.end();
  }
}
