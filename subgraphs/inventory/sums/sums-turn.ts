import { type Kysely, sql, type Transaction } from 'kysely';
import type { InventoryDatabase } from '../../../db/tables/inventory.ts';

/** The first look at a million levels takes a second or two on a busy machine. */
const turnTimeoutMs = 60_000;

/**
 * Does `work` on sums in a transaction of its own, unless another process is at it: gives undefined then. One at a time, because a fold adds
 * differences to sums that must not be built anew meanwhile. The lock is a statement of its own: the work sees all that its last holder did.
 * Its commit is not waited for on disk: a crash loses the whole turn and nothing else, and those who want the levels wait less.
 */
export function takeSumsTurn<Result>(
  db: Kysely<InventoryDatabase>,
  work: (trx: Transaction<InventoryDatabase>) => Promise<Result>,
): Promise<Result | undefined> {
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ mine: boolean }>`
      select pg_try_advisory_xact_lock(hashtext('stock sums')) as mine, set_config('synchronous_commit', 'off', true),
             set_config('statement_timeout', ${`${turnTimeoutMs}`}, true)`.execute(trx);
    return rows[0]?.mine === true ? work(trx) : undefined;
  });
}
