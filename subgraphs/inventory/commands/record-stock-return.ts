import type { Kysely } from 'kysely';
import type { InventoryDatabase } from '../../../db/tables/inventory.ts';
import { readBundles, toPartLines } from '../bundles/bundle-parts.ts';
import type { Movement } from '../ledger/movement.ts';
import { findLastCounts, settleLateMovements } from '../ledger/settle-late-movements.ts';
import { writeMovements } from '../ledger/write-movements.ts';
import { lockOrCreateLevels } from '../locks.ts';
import { findFactProblems, toPast } from './find-fact-problems.ts';
import { listLevels } from './list-levels.ts';
import { readClock } from './read-clock.ts';
import { runStockCommand, type StockOutcome, type StockRequest } from './run-stock-command.ts';
import type { MovedStock, StockLine } from './stock-line.ts';

/** Goods that came back; each SKU and disposition at most once. */
export interface StockReturn {
  readonly locationId: string;
  readonly lines: readonly (StockLine & {
    /** RESTOCK: for sale again. The others stand on the shelf and are not for sale. */
    readonly disposition: 'RESTOCK' | 'DAMAGED' | 'QUALITY_CONTROL';
  })[];
  readonly occurredAt: Date | undefined;
  readonly reference: string;
}

/** Records goods that customers brought back, as a fact. */
export function recordStockReturn(
  db: Kysely<InventoryDatabase>,
  given: StockReturn,
  request: StockRequest,
  signal: AbortSignal,
): Promise<StockOutcome<MovedStock>> {
  return runStockCommand(db, request, signal, async (trx) => {
    const { locationId } = given;
    const now = await readClock(trx);
    const times = [{ at: given.occurredAt, path: ['input', 'occurredAt'] }];
    const problems = await findFactProblems(trx, locationId, times, now);
    if (problems.length > 0) return problems;
    const bundles = await readBundles(
      trx,
      given.lines.map(({ sku }) => sku),
    );
    const lines = toPartLines(bundles, given.lines, ({ sku, disposition }) => JSON.stringify([sku, disposition]));
    const skus = [...new Set(lines.map(({ sku }) => sku))];
    const keys = skus.map((sku) => ({ sku, locationId }));
    const levels = await lockOrCreateLevels(trx, keys);
    const movements = lines.map(
      ({ sku, quantity, disposition }): Movement => ({
        sku,
        locationId,
        kind: 'RETURNED',
        quantity,
        change: disposition === 'RESTOCK' ? { onHand: quantity } : { onHand: quantity, unavailable: quantity },
        isFact: true,
        actor: request.actor,
        cause: { kind: disposition === 'RESTOCK' ? 'RETURN' : disposition, id: given.reference },
        occurredAt: toPast(given.occurredAt, now),
      }),
    );
    await writeMovements(trx, levels, settleLateMovements(movements, await findLastCounts(trx, keys)));
    return { done: { levels: await listLevels(trx, keys) } };
  });
}
