import { type Kysely, sql } from 'kysely';
import type { ChangeFeedDatabase } from './tables.ts';

/** How long changes are kept for readers who come back: until either limit is reached. */
export interface Retention {
  readonly maxAgeMs: number;
  /** Changes, not bytes: numbers have no holes, so this costs no counting. A change of stock takes 600 bytes with its indexes. */
  readonly maxCount: number;
}

/** A day, or a million changes (about 600 MB). */
export const defaultRetention: Retention = { maxAgeMs: 86_400_000, maxCount: 1_000_000 };

const step = 5_000;

/**
 * Removes what is beyond the retention, in steps of {@link step} that each hold the fence for a moment. Gives how many were removed.
 * A reader further behind than that is told so, never served a hole. A till's snapshot is its own table, so nothing else is lost.
 */
export async function pruneChanges(
  db: Kysely<ChangeFeedDatabase>,
  retention: Retention,
  signal?: AbortSignal,
): Promise<number> {
  for (let removed = 0; ; ) {
    signal?.throwIfAborted();
    const { rows } = await sql<{ removed: number }>`
      with oldest as (
        select state.pruned_to, state.last_number, taken.number,
               taken.number <= state.last_number - ${retention.maxCount}::bigint
                 or taken.recorded_at < now() - ${retention.maxAgeMs}::float8 * interval '1 millisecond' as is_beyond
        from change_feed_state as state
        cross join lateral (
          select number, recorded_at from change where number > state.pruned_to order by number limit ${step}
        ) as taken
      ), cut as (
        -- Up to the first that is to be kept: what remains must begin at one number and have no hole.
        select coalesce(min(number) filter (where not is_beyond) - 1, max(number)) as number from oldest
      ), gone as (
        delete from change using cut where change.number <= cut.number returning 1
      ), noted as (
        update change_feed_state set pruned_to = greatest(pruned_to, cut.number) from cut where cut.number is not null
      )
      select count(*) as removed from gone
    `.execute(db);
    const count = rows[0]?.removed ?? 0;
    removed += count;
    if (count < step) return removed;
  }
}
