import { type Kysely, type Selectable, sql } from 'kysely';
import type { InventoryDatabase, StockTransferLineTable, StockTransferTable } from '../../../db/tables/inventory.ts';

/** Transfers by id, in the order of the ids. */
export async function findTransfers(
  db: Kysely<InventoryDatabase>,
  ids: readonly string[],
): Promise<(Selectable<StockTransferTable> | undefined)[]> {
  const { rows } = await sql<Selectable<StockTransferTable>>`
    select * from stock_transfer where id = any (${[...ids]}::uuid[])`.execute(db);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => byId.get(id));
}

/** The lines of transfers, by SKU, in the order of the ids. */
export async function findTransferLines(
  db: Kysely<InventoryDatabase>,
  ids: readonly string[],
): Promise<Selectable<StockTransferLineTable>[][]> {
  const { rows } = await sql<Selectable<StockTransferLineTable>>`
    select * from stock_transfer_line where transfer_id = any (${[...ids]}::uuid[]) order by sku`.execute(db);
  const byTransfer = Map.groupBy(rows, (row) => row.transfer_id);
  return ids.map((id) => byTransfer.get(id) ?? []);
}
