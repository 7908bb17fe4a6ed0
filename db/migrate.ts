import { fileURLToPath } from 'node:url';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import pg from 'pg';
import { findEdited, readMigrations, toProvider } from './migrations-folder.ts';
import { type Owner, owners, roleOf, searchPathOf } from './owners.ts';
import { prepareOwner } from './prepare-owner.ts';

export interface MigrateOptions {
  /** Where each owner's data is, as whoever may create schemas and roles. */
  readonly urlOf: (owner: Owner) => string;
  readonly signal?: AbortSignal;
  /** The folder with one folder for each owner. */
  readonly folder?: string;
}

/** One migration that was applied now. */
export interface AppliedMigration {
  readonly owner: Owner;
  readonly name: string;
}

/** A migration that failed, or that was changed after it had been applied. The message names the file, and the line where Postgres knows it. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

/**
 * Brings every owner's schema up to date: role, schema and extensions, then the files of db/migrations/<owner> that are new, in order.
 * An owner's new files are applied together or not at all. Two at once are safe: the second waits, and finds nothing to do.
 * @throws MigrationError
 */
export async function migrate(options: MigrateOptions): Promise<readonly AppliedMigration[]> {
  const folder = options.folder ?? fileURLToPath(new URL('./migrations/', import.meta.url));
  const applied: AppliedMigration[] = [];
  for (const owner of owners) {
    options.signal?.throwIfAborted();
    applied.push(...(await migrateOwner(owner, options.urlOf(owner), folder)));
  }
  return applied;
}

async function migrateOwner(owner: Owner, url: string, folder: string): Promise<readonly AppliedMigration[]> {
  const pool = new pg.Pool({ connectionString: url, max: 2, options: `-c search_path=${searchPathOf(owner)}` });
  // A connection that breaks is reported by the statement that meets it; without listeners it would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  try {
    return await db.connection().execute(async (lockHolder) => {
      // Two migrates at once; ends with the connection, however this process ends.
      await sql`select pg_advisory_lock(hashtext('oneshelf migrate'))`.execute(lockHolder);
      try {
        await prepareOwner(db, owner);
        return await applyNew(db, owner, folder);
      } finally {
        await sql`select pg_advisory_unlock(hashtext('oneshelf migrate'))`.execute(lockHolder);
      }
    });
  } finally {
    await db.destroy();
  }
}

async function applyNew(db: Kysely<unknown>, owner: Owner, folder: string): Promise<readonly AppliedMigration[]> {
  const migrations = await readMigrations(folder, owner);
  const edited = await findEdited(db, owner, migrations);
  if (edited.length > 0) {
    throw new MigrationError(
      `Already applied and changed since: ${edited.join(', ')}. Undo the change and add a new migration instead.`,
    );
  }
  const migrator = new Migrator({
    db,
    provider: toProvider(owner, migrations),
    migrationTableSchema: owner,
    migrationTableName: 'migration',
    migrationLockTableName: 'migration_lock',
  });
  const { error, results = [] } = await migrator.migrateToLatest();
  if (error !== undefined) {
    const message = error instanceof Error ? error.message : String(error);
    throw new MigrationError(`${owner}: ${message}`, { cause: error });
  }
  await protectNotes(db, owner);
  return results.map((result) => ({ owner, name: result.migrationName }));
}

/** What was applied when is written by migrations only; the owner's role may read it. */
async function protectNotes(db: Kysely<unknown>, owner: Owner): Promise<void> {
  for (const table of ['migration', 'migration_lock', 'migration_checksum']) {
    const [name, role] = [sql.table(`${owner}.${table}`), sql.id(roleOf(owner))];
    await sql`revoke all on ${name} from ${role}`.execute(db);
    await sql`grant select on ${name} to ${role}`.execute(db);
  }
}
