import { sql } from 'kysely';

/**
 * The number of the last change in the feed, for a statement that reads stock. Whoever sees a number given sees what it was given to, so
 * a statement's numbers hold every change up to it; those that are committed and not numbered yet may be in them too.
 */
export const feedSequence = sql<number>`(select last_number from change_feed_state)`;
