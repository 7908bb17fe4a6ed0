import { randomUUIDv7 } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { InventoryDatabase } from '../../../db/tables/inventory.ts';
import { sellableOf } from '../ledger/level.ts';
import type { Movement } from '../ledger/movement.ts';
import { writeMovements } from '../ledger/write-movements.ts';
import { levelKeyText } from '../level-key.ts';
import { lockOrCreateLevels } from '../locks.ts';
import type { StockProblem } from '../stock-problem.ts';
import { findFactProblems } from './find-fact-problems.ts';
import { readClock } from './read-clock.ts';
import { type MovedTransfer, readMovedTransfer } from './read-moved-transfer.ts';
import { runStockCommand, type StockOutcome, type StockRequest } from './run-stock-command.ts';
import type { StockLine } from './stock-line.ts';

/** Goods to be sent to another location. Each SKU at most once; the locations differ. */
export interface StockShipment {
  readonly fromLocationId: string;
  readonly toLocationId: string;
  readonly lines: readonly StockLine[];
  readonly reference: string;
}

/** Takes goods off one shelf and announces them at another, all lines or none. What is promised stays; safety stock may go. */
export function sendStockTransfer(
  db: Kysely<InventoryDatabase>,
  shipment: StockShipment,
  request: StockRequest,
  signal: AbortSignal,
): Promise<StockOutcome<MovedTransfer>> {
  return runStockCommand(db, request, signal, async (trx) => {
    const { fromLocationId, toLocationId, lines, reference } = shipment;
    const now = await readClock(trx);
    const unknown = [
      ...(await findFactProblems(trx, fromLocationId, [], now)).map((problem) => ({
        ...problem,
        path: ['input', 'from'],
      })),
      ...(await findFactProblems(trx, toLocationId, [], now)).map((problem) => ({ ...problem, path: ['input', 'to'] })),
    ];
    if (unknown.length > 0) return unknown;

    const levels = await lockOrCreateLevels(
      trx,
      lines.flatMap(({ sku }) => [
        { sku, locationId: fromLocationId },
        { sku, locationId: toLocationId },
      ]),
    );
    const problems = lines.flatMap(({ sku, quantity, path }): readonly StockProblem[] => {
      const level = levels.get(levelKeyText({ sku, locationId: fromLocationId }));
      const free = level === undefined ? 0 : Math.max(0, sellableOf(level) + level.safetyStock);
      if (quantity <= free) return [];
      const place = { sku, locationId: fromLocationId, channelId: null };
      return [{ kind: 'INSUFFICIENT_STOCK', ...place, quantity, availableToSell: free, path }];
    });
    if (problems.length > 0) return problems;

    const id = randomUUIDv7();
    await writeMovements(trx, levels, toMovements(shipment, id, request.actor, now));
    const places = { from_location_id: fromLocationId, to_location_id: toLocationId };
    await trx
      .insertInto('stock_transfer')
      .values({ id, ...places, reference, actor: request.actor, sent_at: now, closed_at: null })
      .execute();
    const rows = lines.map(({ sku, quantity }) => ({ transfer_id: id, sku, sent: quantity }));
    await trx.insertInto('stock_transfer_line').values(rows).execute();
    return { done: await readMovedTransfer(trx, id) };
  });
}

function toMovements(shipment: StockShipment, id: string, actor: string, occurredAt: Date): readonly Movement[] {
  return shipment.lines.flatMap(({ sku, quantity }) => {
    const both = {
      sku,
      kind: 'TRANSFER_OUT',
      quantity,
      isFact: false,
      actor,
      cause: { kind: 'TRANSFER', id },
      occurredAt,
    } as const;
    return [
      { ...both, locationId: shipment.fromLocationId, change: { onHand: -quantity } },
      { ...both, locationId: shipment.toLocationId, change: { incoming: quantity } },
    ];
  });
}
