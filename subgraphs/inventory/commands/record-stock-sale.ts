import type { Kysely } from 'kysely';
import type { InventoryDatabase } from '../../../db/tables/inventory.ts';
import { readBundles, toPartLines } from '../bundles/bundle-parts.ts';
import { countSold } from '../channel-rules/count-sold.ts';
import type { Movement } from '../ledger/movement.ts';
import { findLastCounts, settleLateMovements } from '../ledger/settle-late-movements.ts';
import { writeMovements } from '../ledger/write-movements.ts';
import { lockOrCreateLevels } from '../locks.ts';
import type { StockProblem } from '../stock-problem.ts';
import { maxCounter } from './adjust-stock.ts';
import { findFactProblems, toPast } from './find-fact-problems.ts';
import { listLevels } from './list-levels.ts';
import { readClock } from './read-clock.ts';
import { runStockCommand, type StockOutcome, type StockRequest } from './run-stock-command.ts';
import type { MovedStock } from './stock-line.ts';

/** Goods that left a location; each SKU at most once. */
export interface StockSale {
  readonly locationId: string;
  /** The channel that sold them, whose quotas they count under. */
  readonly channelId: string | undefined;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
  readonly occurredAt: Date | undefined;
  readonly reference: string;
}

/** What a sale did. */
export interface RecordedSale extends MovedStock {
  /** What it took from under promises to others. */
  readonly shortfalls: readonly { readonly sku: string; readonly quantity: number }[];
}

/** Records a sale that happened without a hold: never refused for stock. */
export function recordStockSale(
  db: Kysely<InventoryDatabase>,
  sale: StockSale,
  request: StockRequest,
  signal: AbortSignal,
): Promise<StockOutcome<RecordedSale>> {
  return runStockCommand(db, request, signal, async (trx) => {
    const { locationId } = sale;
    const now = await readClock(trx);
    const times = [{ at: sale.occurredAt, path: ['input', 'occurredAt'] }];
    const problems = await findFactProblems(trx, locationId, times, now);
    if (problems.length > 0) return problems;

    const bundles = await readBundles(
      trx,
      sale.lines.map(({ sku }) => sku),
    );
    const lines = toPartLines(bundles, sale.lines);
    const keys = lines.map(({ sku }) => ({ sku, locationId }));
    const levels = await lockOrCreateLevels(trx, keys);
    const before = new Map([...levels].map(([key, level]) => [key, level.shortfall]));
    const occurredAt = toPast(sale.occurredAt, now);
    const movements = toMovements({ ...sale, lines }, request.actor, occurredAt);
    if ([...levels.values()].some(({ onHand }) => onHand < -maxCounter)) return [outOfRange];
    await writeMovements(trx, levels, settleLateMovements(movements, await findLastCounts(trx, keys)));

    if (sale.channelId !== undefined) await countSold(trx, sale.channelId, lines, occurredAt);
    const shortfalls = [...levels]
      .map(([key, { sku, shortfall }]) => ({ sku, quantity: shortfall - (before.get(key) ?? 0) }))
      .filter(({ quantity }) => quantity > 0);
    return { done: { levels: await listLevels(trx, keys), shortfalls } };
  });
}

const outOfRange: StockProblem = {
  kind: 'OUT_OF_RANGE',
  message: 'The stock would leave its range.',
  path: ['input', 'lines'],
};

function toMovements(sale: StockSale, actor: string, occurredAt: Date): readonly Movement[] {
  return sale.lines.map(({ sku, quantity }) => ({
    sku,
    locationId: sale.locationId,
    kind: 'SOLD',
    quantity,
    change: { onHand: -quantity },
    isFact: true,
    actor,
    cause: { kind: 'SALE', id: sale.reference },
    occurredAt,
  }));
}
