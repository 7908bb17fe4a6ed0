import { type Kysely, sql } from 'kysely';
import type { Position } from './position.ts';
import type { ChangeFeedDatabase } from './tables.ts';

/** Where the feed stands. */
export interface FeedState extends Position {
  /** Signs cursors; the same in all processes, because it lies in the database. */
  readonly cursorKey: Buffer;
}

/** Reads the epoch, the last number and the key in one statement. */
export async function readFeedState(db: Kysely<ChangeFeedDatabase>): Promise<FeedState> {
  return db
    .selectFrom('change_feed_state')
    .select(['epoch', 'last_number as number', 'cursor_key as cursorKey'])
    .executeTakeFirstOrThrow();
}

/**
 * Begins a new life of the feed when the database is not the one it was: restored from a dump (another cluster or database), brought back
 * to an earlier moment, or taken over by a replica (another timeline). All of these may have lost changes whose numbers
 * readers have seen, and will give these numbers to others. So every cursor from before gets a fresh snapshot.
 *
 * The sequencer calls it before it numbers anything. Says whether a new life began.
 */
export async function ensureEpoch(db: Kysely<ChangeFeedDatabase>): Promise<boolean> {
  const { numAffectedRows = 0n } = await sql`
    update change_feed_state set epoch = ${nextEpoch}, database_identity = now.identity
    from (
      select system_identifier || '/' || left(pg_walfile_name(pg_current_wal_insert_lsn()), 8) || '/' || pg_database.oid as identity
      from pg_control_system(), pg_database where datname = current_database()
    ) as now
    where database_identity <> now.identity
  `.execute(db);
  return numAffectedRows > 0n;
}

/** Begins a new life of the feed by hand, for a restore that {@link ensureEpoch} cannot see: single tables put back from a dump. */
export async function raiseEpoch(db: Kysely<ChangeFeedDatabase>): Promise<void> {
  await sql`update change_feed_state set epoch = ${nextEpoch}`.execute(db);
}

/**
 * The clock, not a count: two restores of one backup would both count to 2, and the cursors of the first would pass in the second.
 */
const nextEpoch = sql<number>`greatest(epoch + 1, floor(extract(epoch from clock_timestamp()) * 1000)::bigint)`;
