import type { Selectable, Transaction } from 'kysely';
import type { InventoryDatabase, StockTransferLineTable, StockTransferTable } from '../../../db/tables/inventory.ts';

/** A transfer as a command has left it. */
export interface MovedTransfer {
  readonly transfer: Selectable<StockTransferTable>;
  /** By SKU. */
  readonly lines: readonly Selectable<StockTransferLineTable>[];
}

/** Reads a transfer that the transaction has just written, to be kept with its key. */
export async function readMovedTransfer(trx: Transaction<InventoryDatabase>, id: string): Promise<MovedTransfer> {
  const transfer = await trx.selectFrom('stock_transfer').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  const lines = await trx
    .selectFrom('stock_transfer_line')
    .selectAll()
    .where('transfer_id', '=', id)
    .orderBy('sku')
    .execute();
  return { transfer, lines };
}
