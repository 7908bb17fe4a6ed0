import { type Kysely, sql, type Transaction } from 'kysely';
import type { InventoryDatabase } from '../../../db/tables/inventory.ts';
import { inTransaction } from '../../../db/transaction.ts';
import type { LockedLevel } from '../ledger/level.ts';
import type { Movement } from '../ledger/movement.ts';
import { writeMovements } from '../ledger/write-movements.ts';
import { levelKeyText } from '../level-key.ts';
import { lockOrCreateLevels } from '../locks.ts';

/** What a file says stands on a shelf. */
export interface StockToImport {
  readonly sku: string;
  readonly locationId: string;
  readonly onHand: number;
  readonly safetyStock: number;
}

/** What became of one level. */
export type StockOutcome =
  | { readonly kind: 'created' | 'changed' | 'unchanged' }
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * Takes stock from a file in one transaction: goods at a level that is new are RECEIVED, a different number at one that exists is
 * ADJUSTED by the difference, both with the file as their cause. No two may be for one level. A number from a file is an absolute write and
 * overrules what was sold since the file was made; promises that it leaves without goods become shortfall, as after a count.
 */
export async function importStock(
  db: Kysely<InventoryDatabase>,
  batch: readonly StockToImport[],
  cause: string,
): Promise<StockOutcome[]> {
  return inTransaction(db, async (trx) => {
    const known = await findLocations(trx, batch);
    const taken = batch.filter(({ locationId }) => known.has(locationId));
    const book = await lockOrCreateLevels(trx, taken);
    const before = new Map(book);
    const occurredAt = await readClock(trx);
    const movements = taken.flatMap((record) =>
      toMovement(record, before.get(levelKeyText(record)), cause, occurredAt),
    );
    await writeMovements(trx, book, movements);
    const moved = new Set(movements.map(levelKeyText));
    return batch.map((record) => {
      if (!known.has(record.locationId)) return { kind: 'refused', reason: 'location: unknown' };
      const level = before.get(levelKeyText(record));
      if (level?.version === 0) return { kind: 'created' };
      return { kind: moved.has(levelKeyText(record)) ? 'changed' : 'unchanged' };
    });
  });
}

async function findLocations(
  trx: Transaction<InventoryDatabase>,
  batch: readonly StockToImport[],
): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select id from location where id = any (${[...new Set(batch.map(({ locationId }) => locationId))]}::text[])`.execute(
    trx,
  );
  return new Set(rows.map(({ id }) => id));
}

async function readClock(trx: Transaction<InventoryDatabase>): Promise<Date> {
  const { rows } = await sql<{ at: Date }>`select clock_timestamp() as at`.execute(trx);
  const [row] = rows;
  if (row === undefined) throw new Error('The database told no time.');
  return row.at;
}

/** A level that is new gets its movement also for 0 units: it says that somebody looked. */
function toMovement(
  record: StockToImport,
  level: LockedLevel | undefined,
  cause: string,
  occurredAt: Date,
): Movement[] {
  if (level === undefined) throw new Error(`The level ${levelKeyText(record)} is not locked.`);
  const isNew = level.version === 0;
  const onHand = record.onHand - level.onHand;
  const safetyStock = record.safetyStock - level.safetyStock;
  if (!isNew && onHand === 0 && safetyStock === 0) return [];
  return [
    {
      sku: record.sku,
      locationId: record.locationId,
      kind: isNew ? 'RECEIVED' : 'ADJUSTED',
      quantity: onHand,
      change: { onHand, safetyStock },
      isFact: true,
      actor: 'import',
      cause: { kind: 'IMPORT', id: cause },
      occurredAt,
    },
  ];
}
