import type { Transaction } from 'kysely';
import type { ChangeFeedDatabase } from './tables.ts';

/** A change to be recorded. */
export interface NewChange {
  readonly topic: string;
  readonly scope: string;
  readonly key: string;
  /** The changed row's version after the change. */
  readonly version: number;
  /** The state after the change; anything that JSON can hold. */
  readonly payload: unknown;
}

/**
 * Records changes in the transaction that makes them: they become visible together or not at all. Last in the transaction, after the
 * changed rows' locks have been taken, because a key's changes are ordered by when their rows were written here.
 *
 * A command that changes rows and records it in one statement does not need this; it writes
 * ```sql
 * with changed as (update stock_level set … , version = version + 1 where … returning *)
 * insert into change (topic, scope, key, version, payload)
 *   select 'stock', location_id, location_id || '/' || sku, version, jsonb_build_object(…) from changed
 * ```
 * Never NOTIFY here: it takes a lock of the whole server at commit. The sequencer does.
 */
export async function appendChanges<DB extends ChangeFeedDatabase>(
  trx: Transaction<DB>,
  changes: readonly NewChange[],
): Promise<void> {
  const feed: Transaction<ChangeFeedDatabase> = trx as unknown as Transaction<ChangeFeedDatabase>;
  // 5 values each, and Postgres takes at most 65,535 in a statement.
  for (let start = 0; start < changes.length; start += 10_000) {
    const rows = changes.slice(start, start + 10_000);
    await feed
      .insertInto('change')
      .values(rows.map((change) => ({ ...change, payload: JSON.stringify(change.payload) })))
      .execute();
  }
}
