import { sql, type Transaction } from 'kysely';
import type { InventoryDatabase } from '../../../db/tables/inventory.ts';

/** The database's clock, which decides what is past; in whole milliseconds, as a Date holds them. */
export async function readClock(trx: Transaction<InventoryDatabase>): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`select date_trunc('milliseconds', clock_timestamp()) as now`.execute(trx);
  const [row] = rows;
  if (row === undefined) throw new Error('The database told no time.');
  return row.now;
}
