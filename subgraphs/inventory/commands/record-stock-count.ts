import { type Kysely, sql, type Transaction } from 'kysely';
import type { InventoryDatabase } from '../../../db/tables/inventory.ts';
import { findLastCounts, type LastCount } from '../ledger/settle-late-movements.ts';
import { writeMovements } from '../ledger/write-movements.ts';
import { type LevelKey, levelKeyText } from '../level-key.ts';
import { lockOrCreateLevels } from '../locks.ts';
import { findFactProblems, toPast } from './find-fact-problems.ts';
import { listLevels } from './list-levels.ts';
import { readClock } from './read-clock.ts';
import { runStockCommand, type StockOutcome, type StockRequest } from './run-stock-command.ts';
import type { MovedStock } from './stock-line.ts';

/** What was counted of one SKU, and when; now when not told. */
export interface StockCount {
  readonly sku: string;
  readonly counted: number;
  readonly countedAt: Date | undefined;
}

/** What a count found. */
export interface StockCountFinding {
  readonly sku: string;
  readonly expected: number;
  readonly counted: number;
}

/** Records counts of one location; each SKU at most once. Movements after a count's own time stay on top of it. */
export function recordStockCount(
  db: Kysely<InventoryDatabase>,
  locationId: string,
  counts: readonly StockCount[],
  request: StockRequest,
  signal: AbortSignal,
): Promise<StockOutcome<MovedStock & { readonly findings: readonly StockCountFinding[] }>> {
  return runStockCommand(db, request, signal, async (trx) => {
    const now = await readClock(trx);
    const times = counts.map(({ countedAt }, i) => ({ at: countedAt, path: ['input', 'counts', `${i}`, 'countedAt'] }));
    const problems = await findFactProblems(trx, locationId, times, now);
    if (problems.length > 0) return problems;

    const dated = counts.map((count) => ({ ...count, locationId, at: toPast(count.countedAt, now) }));
    const levels = await lockOrCreateLevels(trx, dated);
    const lastCounts = await findLastCounts(trx, dated);
    const movedLater = await sumMovedAfter(trx, dated);
    const findings = dated.map((count) => {
      const onHand = levels.get(levelKeyText(count))?.onHand ?? 0;
      const expected = onHand - (movedLater.get(levelKeyText(count)) ?? 0);
      return { sku: count.sku, expected, counted: count.counted };
    });
    const movements = dated.map(({ sku, at, counted }, i) => {
      const isOutdated = isBefore(at, lastCounts.get(levelKeyText({ sku, locationId })));
      const difference = isOutdated ? 0 : counted - (findings[i]?.expected ?? counted);
      return {
        sku,
        locationId,
        kind: 'COUNTED',
        quantity: difference,
        change: { onHand: difference },
        isFact: true,
        actor: request.actor,
        cause: { kind: 'COUNT', id: request.idempotencyKey },
        occurredAt: at,
      } as const;
    });
    await writeMovements(trx, levels, movements);
    return { done: { findings, levels: await listLevels(trx, dated) } };
  });
}

/** A later count knows better than one that is recorded after it but was made before. */
function isBefore(at: Date, last: LastCount | undefined): boolean {
  return last !== undefined && at < last.at;
}

/** How much each level's `onHand` moved after the moment it was counted; by levelKeyText. The levels are locked. */
async function sumMovedAfter(
  trx: Transaction<InventoryDatabase>,
  counts: readonly (LevelKey & { readonly at: Date })[],
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ sku: string; location_id: string; moved: number }>`
    select sku, location_id, sum(on_hand_change)::integer as moved
      from unnest(${counts.map((count) => count.sku)}::text[], ${counts.map((count) => count.locationId)}::text[],
                  ${counts.map((count) => count.at.toISOString())}::timestamptz[]) as counted (sku, location_id, at)
      join stock_movement using (sku, location_id)
     where occurred_at > counted.at
     group by sku, location_id`.execute(trx);
  return new Map(rows.map((row) => [levelKeyText({ sku: row.sku, locationId: row.location_id }), row.moved]));
}
