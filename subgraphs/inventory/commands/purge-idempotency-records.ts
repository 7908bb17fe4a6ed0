import { type Kysely, sql } from 'kysely';
import type { InventoryDatabase } from '../../../db/tables/inventory.ts';
import { idempotencyDays } from '../../shared/idempotency.ts';

/** How many rows one statement deletes: a few ms of locks that nobody waits for. */
const stepSize = 5_000;

/** Forgets the keys that are older than promised. Gives their number. */
export async function purgeIdempotencyRecords(db: Kysely<InventoryDatabase>, signal: AbortSignal): Promise<number> {
  let purged = 0;
  for (;;) {
    signal.throwIfAborted();
    const { rows } = await sql`
      delete from idempotency_record where key in (
        select key from idempotency_record where created_at < now() - ${idempotencyDays} * interval '1 day' limit ${stepSize})
      returning key`.execute(db);
    purged += rows.length;
    if (rows.length < stepSize) return purged;
  }
}
