import { type Kysely, sql } from 'kysely';
import type { InventoryDatabase } from '../../../db/tables/inventory.ts';
import { inTransaction } from '../../../db/transaction.ts';
import { readQuotas } from '../channel-rules/read-quotas.ts';
import { writeMovements } from '../ledger/write-movements.ts';
import { lockLevels } from '../locks.ts';
import { readHolds } from './read-reservation-state.ts';
import { ReservationDraft } from './reservation-draft.ts';
import { writeHolds } from './write-holds.ts';

/** How many holds a sweep takes at once: its locks are had by buyers a few ms later. */
const sweepSize = 200;

/**
 * Gives back what expired holds still keep, up to a few hundred. Only tidies up: a hold gives no right from its last instant on, and
 * a buyer who needs its goods takes them without waiting for this. Gives the number of holds it ended.
 */
export async function expireHolds(db: Kysely<InventoryDatabase>, signal: AbortSignal): Promise<number> {
  return inTransaction(
    db,
    async (trx) => {
      const { rows } = await sql<{ hold_id: string }>`
        select distinct hold_id from (
          select hold_id from stock_hold_line where is_open and expires_at <= clock_timestamp()
           order by expires_at limit ${sweepSize}) as expired`.execute(trx);
      const ids = rows.map((row) => row.hold_id);
      if (ids.length === 0) return 0;
      const levels = await lockLevels(trx, [], ids);
      const holds = await readHolds(trx, ids);
      const clock = await sql<{ now: Date }>`select date_trunc('milliseconds', clock_timestamp()) as now`.execute(trx);
      const now = clock.rows[0]?.now ?? new Date(Number.NaN);
      const quotas = await readQuotas(trx, [], holds, now);
      const draft = new ReservationDraft({
        now,
        levels,
        holds,
        quotas,
        candidates: new Map(),
        terms: new Map(),
        bundles: new Map(),
        records: new Map(),
      });
      for (const level of levels.values()) draft.reclaimExpired(level);
      await writeMovements(trx, levels, draft.movements);
      await writeHolds(trx, draft);
      return draft.changedHolds.size;
    },
    { signal },
  );
}
