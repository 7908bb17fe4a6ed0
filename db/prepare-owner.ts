import { setTimeout as delay } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import { extensionsSchema, type Owner, roleOf } from './owners.ts';

/** What the migrations use: likeness of words, and distance on the globe (which needs cube). */
const extensions = ['pg_trgm', 'cube', 'earthdistance'] as const;

/**
 * Makes what an owner's migrations rely on: its role, its schema, the extensions, and the rights. Can be run again at any time.
 *
 * The tables belong to whoever migrates; the role may read and write rows and nothing else, so that a flaw in a subgraph
 * can neither drop a table nor see another owner's.
 * @throws Error that says which right is missing
 */
export async function prepareOwner(db: Kysely<unknown>, owner: Owner): Promise<void> {
  const role = sql.id(roleOf(owner));
  const schema = sql.id(owner);
  const shared = sql.id(extensionsSchema);

  await ensureRole(db, roleOf(owner));
  await sql`create schema if not exists ${shared}`.execute(db);
  for (const name of extensions) await ensureExtension(db, name);
  await sql`create schema if not exists ${schema}`.execute(db);
  await sql`
    create table if not exists ${sql.table(`${owner}.migration_checksum`)} (name text primary key, checksum text not null)
  `.execute(db);

  await sql`grant usage on schema ${shared} to ${role}`.execute(db);
  await sql`revoke all on schema ${schema} from public`.execute(db);
  await sql`grant usage on schema ${schema} to ${role}`.execute(db);
  const defaults = sql`alter default privileges in schema ${schema}`;
  await sql`${defaults} grant select, insert, update, delete on tables to ${role}`.execute(db);
  await sql`${defaults} grant usage, select on sequences to ${role}`.execute(db);
}

const duplicateObject = '42710';
const uniqueViolation = '23505';
const internalError = 'XX000'; // "tuple concurrently updated"
const insufficientPrivilege = '42501';

/** Roles belong to the whole server, so that two databases may make the same one at the same moment: whoever is second goes on. */
async function ensureRole(db: Kysely<unknown>, role: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      const found = await sql`select from pg_roles where rolname = ${role}`.execute(db);
      if (found.rows.length === 0) await sql`create role ${sql.id(role)} nologin`.execute(db);
      const member = await sql<{ isMember: boolean }>`
        select pg_has_role(current_user, ${role}, 'MEMBER') as "isMember"
      `.execute(db);
      if (member.rows[0]?.isMember !== true) await sql`grant ${sql.id(role)} to current_user`.execute(db);
      return;
    } catch (error) {
      const code = codeOf(error);
      if (code === insufficientPrivilege) {
        throw new Error(
          `This database user may not create the role ${role}. Give it CREATEROLE, or have an administrator run: CREATE ROLE ${role} NOLOGIN; GRANT ${role} TO <this user>;`,
          { cause: error },
        );
      }
      const isRace = code === duplicateObject || code === uniqueViolation || code === internalError;
      if (!isRace || attempt === 10) throw error;
      await delay(10 + Math.random() * 40);
    }
  }
}

async function ensureExtension(db: Kysely<unknown>, name: string): Promise<void> {
  const found = await sql<{ schema: string }>`
    select nspname as schema from pg_extension join pg_namespace on pg_namespace.oid = extnamespace where extname = ${name}
  `.execute(db);
  const schema = found.rows[0]?.schema;
  if (schema === extensionsSchema) return;
  if (schema !== undefined) {
    throw new Error(
      `The extension ${name} is in the schema ${schema}: run ALTER EXTENSION ${name} SET SCHEMA ${extensionsSchema};`,
    );
  }
  try {
    await sql`create extension ${sql.id(name)} schema ${sql.id(extensionsSchema)}`.execute(db);
  } catch (cause) {
    if (codeOf(cause) !== insufficientPrivilege) throw cause;
    throw new Error(
      `This database user may not create the extension ${name}. Have an administrator run: CREATE EXTENSION ${name} SCHEMA ${extensionsSchema};`,
      { cause },
    );
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
