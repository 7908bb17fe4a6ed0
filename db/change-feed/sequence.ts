import { type Kysely, sql } from 'kysely';
import type { ChangeFeedDatabase } from './tables.ts';

/** How many changes one step numbers. Measured at 30 µs each on two busy cores: 2,000 hold the fence for 60 ms. */
export const sequenceBatch = 2_000;

/**
 * Numbers what is visible and has no number yet, at most {@link sequenceBatch}; gives how many. May be called by anyone at any time: the
 * database lets one at a time (see number_changes in change-feed.sql).
 *
 * Why the order is right: a change row is written under its key's row lock, so of two changes of a key the later one has the larger
 * id, and whoever sees the later one sees the earlier one too. Numbering the visible rows by id therefore never reorders a key,
 * whatever commits late. (Readers that go by id skip late ones; going by `xid < xmin` was seen to deliver version 2 before 1.)
 */
export async function sequenceChanges(db: Kysely<ChangeFeedDatabase>): Promise<number> {
  const { rows } = await sql<{ numbered: number }>`select number_changes(${sequenceBatch}) as numbered`.execute(db);
  return rows[0]?.numbered ?? 0;
}

/** The NOTIFY channel of the feed in the schema that comes first in the search path: the owner's. */
export function wakeChannel(owner: string): string {
  return `${owner}_change`;
}

/** Tells waiting readers that there is something new. On its own, outside of any transaction that others wait for. */
export async function wakeReaders(db: Kysely<ChangeFeedDatabase>): Promise<void> {
  await sql`select pg_notify(current_schema() || '_change', '')`.execute(db);
}
