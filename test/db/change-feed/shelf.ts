import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Change } from '../../../db/change-feed/position.ts';
import type { OwnerConnection } from '../../../db/connect.ts';
import { inTransaction } from '../../../db/transaction.ts';
import type { TestDatabase } from '../../support/create-test-database.ts';

/*
 * Something that changes: a table of versioned counters, in the schema of orders, which has a feed.
 * Small enough that a property test makes thousands of changes.
 */

export type ShelfConnection = OwnerConnection<'orders'>;

/** Makes the table; `scopes` × `keys` rows at version 0. */
export async function makeShelf(database: TestDatabase, scopes: readonly string[], keys: number): Promise<void> {
  await database.query(
    'create table orders.shelf (scope text, key text, version bigint not null default 0, primary key (scope, key))',
  );
  await database.query('grant all on orders.shelf to oneshelf_orders');
  await database.query(
    `insert into orders.shelf (scope, key) select scope, scope || '/' || key from unnest($1::text[]) scope, generate_series(1, $2) key`,
    [scopes, keys],
  );
}

export interface Write {
  readonly scope: string;
  readonly keys: readonly number[];
  /** The transaction stays open this long after it wrote: the later it commits, the more overtake it. */
  readonly holdMs: number;
  readonly isRolledBack: boolean;
}

/** One business transaction: raises versions under the rows' locks and records the changes in the same statement. */
export async function write(db: ShelfConnection['db'], { scope, keys, holdMs, isRolledBack }: Write): Promise<void> {
  const names = [...new Set(keys)].sort().map((key) => `${scope}/${key}`);
  const rolledBack = new Error('rolled back');
  const work = inTransaction(db, async (trx) => {
    // In key order, one by one, as locks are to be taken.
    for (const name of names) {
      await sql`
        with changed as (update shelf set version = version + 1 where scope = ${scope} and key = ${name} returning *)
        insert into change (topic, scope, key, version, payload)
        select 'shelf', scope, key, version, jsonb_build_object('version', version) from changed
      `.execute(trx);
    }
    if (holdMs > 0) await delay(holdMs);
    if (isRolledBack) throw rolledBack;
  });
  await work.catch((error: unknown) => {
    if (error !== rolledBack) throw error;
  });
}

/** What the table says: the version of each key of a scope. */
export async function readVersions(db: ShelfConnection['db'], scope: string): Promise<Map<string, number>> {
  const { rows } = await sql<{ key: string; version: number }>`
    select key, version from shelf where scope = ${scope} and version > 0
  `.execute(db);
  return new Map(rows.map((row) => [row.key, row.version]));
}

/** Applies changes as a till does, and fails on a gap, a repetition, or a change out of order. */
export function apply(versions: Map<string, number>, changes: readonly Change[], after: number): number {
  let last = after;
  for (const change of changes) {
    if (change.number <= last) throw new Error(`Number ${change.number} came after ${last}`);
    last = change.number;
    const known = versions.get(change.key) ?? 0;
    if (change.version !== known + 1) {
      throw new Error(`${change.key}: version ${change.version} came after ${known} (number ${change.number})`);
    }
    versions.set(change.key, change.version);
  }
  return last;
}

/** Every change row there is, by number: dense from 1, nothing without a number. */
export async function expectDense(database: TestDatabase): Promise<number> {
  const [row] = await database.query<{ count: number; last: number; least: number; unnumbered: number; state: number }>(
    `select count(*) as count, coalesce(max(number), 0) as last, coalesce(min(number), 1) as least,
            count(*) filter (where number is null) as unnumbered,
            (select last_number from orders.change_feed_state) as state from orders.change`,
  );
  if (
    row === undefined ||
    row.count !== row.last ||
    row.least !== 1 ||
    row.unnumbered !== 0 ||
    row.state !== row.last
  ) {
    throw new Error(`The feed has holes: ${JSON.stringify(row)}`);
  }
  return row.count;
}
