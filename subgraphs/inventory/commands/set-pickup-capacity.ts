import type { Kysely } from 'kysely';
import type { InventoryDatabase } from '../../../db/tables/inventory.ts';
import { runStockCommand, type StockOutcome, type StockRequest } from './run-stock-command.ts';

export interface PickupCapacity {
  readonly locationId: string;
  /** Units; null for as many as come. */
  readonly perHour: number | null;
  readonly perDay: number | null;
}

/** Says how many units a shop can put aside for customers. */
export function setPickupCapacity(
  db: Kysely<InventoryDatabase>,
  { locationId, perHour, perDay }: PickupCapacity,
  request: StockRequest,
  signal: AbortSignal,
): Promise<StockOutcome<PickupCapacity>> {
  return runStockCommand(db, request, signal, async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('location')
      .set({ pickups_per_hour: perHour, pickups_per_day: perDay })
      .where('id', '=', locationId)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return [{ kind: 'NOT_FOUND', what: 'LOCATION', path: ['input', 'location'] }];
    return { done: { locationId, perHour, perDay } };
  });
}
