import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import { migrate } from '../../db/migrate.ts';
import { seedDatabase } from './seed-database.ts';

/** `migrated`: all tables, empty. `seeded`: with the sample data as `oneshelf seed` leaves it. */
export type TemplateKind = 'migrated' | 'seeded';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What decides what a template holds. */
const sources: Readonly<Record<TemplateKind, readonly string[]>> = {
  migrated: ['db/migrations', 'db/owners.ts', 'db/prepare-owner.ts'],
  seeded: ['db', 'cli', 'import', 'subgraphs'],
};

/**
 * The name of a database to clone from, made when there is none for the sources as they are now. It takes no connections, so it
 * cannot change, and cloning it never has to wait. Several processes may ask at once: one makes it, the others wait.
 */
export async function ensureTemplate(admin: pg.Client, serverUrl: string, kind: TemplateKind): Promise<string> {
  const name = `test_template_${kind}_${await hashFiles(sources[kind])}`;
  if (await exists(admin, name)) return name;
  await admin.query(`select pg_advisory_lock(hashtext($1))`, [name]);
  try {
    if (!(await exists(admin, name))) await createTemplate(admin, serverUrl, kind, name);
    return name;
  } finally {
    await admin.query(`select pg_advisory_unlock(hashtext($1))`, [name]);
  }
}

/** Made under another name and renamed when complete: one cut short by a kill is never cloned. */
async function createTemplate(admin: pg.Client, serverUrl: string, kind: TemplateKind, name: string): Promise<void> {
  const unfinished = `test_unfinished_${randomBytes(6).toString('hex')}`;
  await admin.query(`create database ${unfinished}`);
  const url = new URL(serverUrl);
  url.pathname = `/${unfinished}`;
  try {
    await migrate({ urlOf: () => url.href });
    if (kind === 'seeded') await seedDatabase(url.href);
    await admin.query(`alter database ${unfinished} allow_connections false`);
    await admin.query(`alter database ${unfinished} rename to ${name}`);
  } catch (error) {
    await admin.query(`drop database if exists ${unfinished} with (force)`);
    throw error;
  }
}

async function exists(admin: pg.Client, name: string): Promise<boolean> {
  return (await admin.query(`select from pg_database where datname = $1`, [name])).rowCount === 1;
}

async function hashFiles(paths: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const path of paths) {
    for (const file of await listFiles(join(root, path))) hash.update(file).update(await readFile(file));
  }
  return hash.digest('hex').slice(0, 12);
}

async function listFiles(path: string): Promise<readonly string[]> {
  const entries = await readdir(path, { withFileTypes: true, recursive: true }).catch(() => undefined);
  if (entries === undefined) return [path];
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
