import type { Transaction } from 'kysely';
import type { ChangeFeedDatabase } from './tables.ts';

/** Takes the fence: until the transaction ends nobody else numbers changes. Writers are not held up. Gives the last number. */
export async function lockFeedState(
  trx: Transaction<ChangeFeedDatabase>,
): Promise<{ epoch: number; lastNumber: number }> {
  return trx
    .selectFrom('change_feed_state')
    .select(['epoch', 'last_number as lastNumber'])
    .forUpdate()
    .executeTakeFirstOrThrow();
}
