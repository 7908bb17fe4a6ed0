import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import type { Migration, MigrationProvider } from 'kysely/migration';
import type { Owner } from './owners.ts';

/** One file of db/migrations/<owner>. */
export interface MigrationFile {
  /** `0001-stock` for `0001-stock.sql`; applied in this order. */
  readonly name: string;
  readonly path: string;
  readonly text: string;
  readonly checksum: string;
}

const fileName = /^\d{4}-[a-z0-9-]+\.sql$/;

/** An owner's migration files in order; none when it has no folder. @throws Error for a file that is not named NNNN-name.sql */
export async function readMigrations(folder: string, owner: Owner): Promise<readonly MigrationFile[]> {
  const names = await readdir(join(folder, owner)).catch(() => []);
  const files: MigrationFile[] = [];
  for (const name of names.sort()) {
    if (!fileName.test(name)) throw new Error(`${owner}/${name}: a migration is named NNNN-name.sql`);
    const path = join(folder, owner, name);
    const text = await readFile(path, 'utf8');
    const checksum = createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex');
    files.push({ name: name.slice(0, -'.sql'.length), path, text, checksum });
  }
  return files;
}

/** The files for kysely's Migrator. Each is run as one text in its transaction, together with the note of its checksum. */
export function toProvider(owner: Owner, files: readonly MigrationFile[]): MigrationProvider {
  return {
    getMigrations: async () => Object.fromEntries(files.map((file) => [file.name, toMigration(owner, file)])),
  };
}

function toMigration(owner: Owner, file: MigrationFile): Migration {
  return {
    up: async (db) => {
      try {
        await sql.raw(file.text).execute(db);
      } catch (cause) {
        const line = lineOf(file.text, cause);
        throw new Error(`${file.path}${line}: ${cause instanceof Error ? cause.message : cause}`, { cause });
      }
      await sql`
        insert into ${sql.table(`${owner}.migration_checksum`)} (name, checksum) values (${file.name}, ${file.checksum})
      `.execute(db);
    },
  };
}

/** The names of the files that were changed after they had been applied. */
export async function findEdited(
  db: Kysely<unknown>,
  owner: Owner,
  files: readonly MigrationFile[],
): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string; checksum: string }>`
    select name, checksum from ${sql.table(`${owner}.migration_checksum`)}
  `.execute(db);
  const applied = new Map(rows.map((row) => [row.name, row.checksum]));
  return files
    .filter((file) => (applied.get(file.name) ?? file.checksum) !== file.checksum)
    .map((file) => `${owner}/${file.name}.sql`);
}

function lineOf(text: string, error: unknown): string {
  const position = error instanceof Error && 'position' in error ? Number(error.position) : Number.NaN;
  if (!Number.isInteger(position)) return '';
  return `:${[...text].slice(0, position - 1).filter((character) => character === '\n').length + 1}`;
}
