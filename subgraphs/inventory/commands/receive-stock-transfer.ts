import { type Kysely, sql, type Transaction } from 'kysely';
import type { InventoryDatabase } from '../../../db/tables/inventory.ts';
import type { Movement } from '../ledger/movement.ts';
import { writeMovements } from '../ledger/write-movements.ts';
import { lockLevels, lockTransfer } from '../locks.ts';
import type { StockProblem } from '../stock-problem.ts';
import { readClock } from './read-clock.ts';
import { type MovedTransfer, readMovedTransfer } from './read-moved-transfer.ts';
import { runStockCommand, type StockOutcome, type StockRequest } from './run-stock-command.ts';

/** What arrived of a transfer. Each SKU at most once. */
export interface StockArrival {
  readonly transferId: string;
  readonly lines: readonly {
    readonly sku: string;
    readonly received: number;
    /** How many of the received are damaged. */
    readonly damaged: number;
    readonly path: readonly string[];
  }[];
  /** Nothing more will come: what is missing is not on its way any more. */
  readonly isComplete: boolean;
}

/**
 * Puts what arrived on the shelf, as a fact: more than was sent is taken as well. Can be done in parts; the transfer closes when everything is there,
 * or when somebody says that nothing more will come.
 */
export function receiveStockTransfer(
  db: Kysely<InventoryDatabase>,
  arrival: StockArrival,
  request: StockRequest,
  signal: AbortSignal,
): Promise<StockOutcome<MovedTransfer>> {
  return runStockCommand(db, request, signal, async (trx) => {
    const { transferId } = arrival;
    const where = await findTransfer(trx, transferId);
    if (where === undefined) return [{ kind: 'NOT_FOUND', what: 'TRANSFER', path: ['input', 'transfer'] }];
    const levels = await lockLevels(
      trx,
      where.skus.map((sku) => ({ sku, locationId: where.locationId })),
    );
    const transfer = await lockTransfer(trx, transferId);
    if (transfer.closed_at !== null) return [{ kind: 'TRANSFER_CLOSED', path: ['input', 'transfer'] }];
    const unsent = arrival.lines.filter(({ sku }) => !where.skus.includes(sku));
    if (unsent.length > 0) return unsent.map(({ path }): StockProblem => ({ kind: 'NOT_FOUND', what: 'LINE', path }));

    const now = await readClock(trx);
    const lines = await trx
      .selectFrom('stock_transfer_line')
      .selectAll()
      .where('transfer_id', '=', transferId)
      .orderBy('sku')
      .execute();
    const arrived = lines.map((line) => {
      const { received, damaged } = arrival.lines.find(({ sku }) => sku === line.sku) ?? { received: 0, damaged: 0 };
      return { sku: line.sku, received, damaged, outstanding: Math.max(0, line.sent - line.received) };
    });
    const closes = arrival.isComplete || arrived.every(({ received, outstanding }) => received >= outstanding);
    const movements = arrived.flatMap(({ sku, received, damaged, outstanding }): readonly Movement[] => {
      const incoming = -(closes ? outstanding : Math.min(outstanding, received));
      if (received === 0 && incoming === 0) return [];
      const change = { onHand: received, unavailable: damaged, incoming };
      const cause = { kind: 'TRANSFER', id: transferId };
      const { actor } = request;
      return [
        {
          sku,
          locationId: where.locationId,
          kind: 'TRANSFER_IN',
          quantity: received,
          change,
          isFact: true,
          actor,
          cause,
          occurredAt: now,
        },
      ];
    });
    await writeMovements(trx, levels, movements);
    await writeArrival(trx, transferId, arrived, closes ? now : null);
    return { done: await readMovedTransfer(trx, transferId) };
  });
}

/** Where a transfer goes and what it carries, which never changes; undefined when there is none. */
async function findTransfer(trx: Transaction<InventoryDatabase>, id: string) {
  const { rows } = await sql<{ location_id: string; skus: string[] }>`
    select to_location_id as location_id, array(select sku from stock_transfer_line where transfer_id = stock_transfer.id) as skus
      from stock_transfer where id = ${id}::uuid`.execute(trx);
  const [row] = rows;
  return row === undefined ? undefined : { locationId: row.location_id, skus: row.skus };
}

async function writeArrival(
  trx: Transaction<InventoryDatabase>,
  id: string,
  arrived: readonly { readonly sku: string; readonly received: number; readonly damaged: number }[],
  closedAt: Date | null,
): Promise<void> {
  await sql`
    update stock_transfer_line set received = stock_transfer_line.received + arrived.received,
           damaged = stock_transfer_line.damaged + arrived.damaged
      from unnest(${arrived.map(({ sku }) => sku)}::text[], ${arrived.map(({ received }) => received)}::integer[],
                  ${arrived.map(({ damaged }) => damaged)}::integer[]) as arrived (sku, received, damaged)
     where transfer_id = ${id}::uuid and stock_transfer_line.sku = arrived.sku`.execute(trx);
  await trx.updateTable('stock_transfer').set({ closed_at: closedAt }).where('id', '=', id).execute();
}
