import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { readDatabaseConfig } from '../../db/config.ts';
import { isRunning } from '../../db/embedded-postgres/process-identity.ts';
import { startEmbeddedPostgres } from '../../db/embedded-postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where test databases are made, as a user who may. */
    readonly databaseServerUrl: string;
  }
}

/**
 * One Postgres for a whole run of tests: DATABASE_URL, or the embedded server on a data folder that tests keep for themselves, so that
 * neither initdb nor the migrations run again. Two runs at once share it.
 */
export default async function startTestServer(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const { url } = readDatabaseConfig();
  if (url !== undefined) {
    project.provide('databaseServerUrl', url);
    return undefined;
  }
  const server = await startEmbeddedPostgres({
    dataDir: '.data/test',
    // Nothing here outlives a crash of the machine, and a crash of the server loses nothing without these.
    settings: { fsync: 'off', full_page_writes: 'off' },
  });
  await dropLeftovers(server.url, server.isOwner);
  project.provide('databaseServerUrl', server.url);
  return () => server.close();
}

/** Databases of killed runs; and templates of earlier migrations, when no other run can be using one. */
async function dropLeftovers(url: string, areAlone: boolean): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ datname: string }>(
      `select datname from pg_database where datname like 'test\\_%'`,
    );
    for (const { datname } of rows) {
      const [, kind, pid, startedAt = ''] = datname.split('_');
      const isAbandoned = kind === 'clone' ? !(await isRunning({ pid: Number(pid), startedAt })) : areAlone;
      if (isAbandoned && !(kind === 'template' && (await isRecent(client, datname)))) {
        await client.query(`drop database if exists ${client.escapeIdentifier(datname)} with (force)`);
      }
    }
  } finally {
    await client.end();
  }
}

/** Going to and fro between two branches should not make a template anew each time. */
async function isRecent(client: pg.Client, name: string): Promise<boolean> {
  const { rows } = await client.query<{ recent: boolean }>(
    `select (pg_stat_file('base/' || oid || '/PG_VERSION')).modification > now() - interval '1 day' as recent
     from pg_database where datname = $1`,
    [name],
  );
  return rows[0]?.recent === true;
}
