import { type Kysely, sql, type Transaction } from 'kysely';
import type { InventoryDatabase } from '../../../db/tables/inventory.ts';
import { readBundles, toPartLines } from '../bundles/bundle-parts.ts';
import type { Movement } from '../ledger/movement.ts';
import { writeMovements } from '../ledger/write-movements.ts';
import { type LevelKey, levelKeyText } from '../level-key.ts';
import { lockLevels } from '../locks.ts';
import type { StockProblem } from '../stock-problem.ts';
import { listLevels } from './list-levels.ts';
import { readClock } from './read-clock.ts';
import { runStockCommand, type StockOutcome, type StockRequest } from './run-stock-command.ts';
import type { MovedStock, StockLine } from './stock-line.ts';

/** What becomes of goods that were promised to an order. Each SKU at most once. */
export interface AllocationSettlement {
  readonly locationId: string;
  readonly lines: readonly StockLine[];
  /** SHIPPED: they left. RELEASED: the promise is given up, and they can be sold to others. */
  readonly outcome: 'SHIPPED' | 'RELEASED';
  readonly reference: string;
}

/** Ends promises to an order, all lines or none; never more of it than was promised to that order there. */
export function settleAllocation(
  db: Kysely<InventoryDatabase>,
  settlement: AllocationSettlement,
  request: StockRequest,
  signal: AbortSignal,
): Promise<StockOutcome<MovedStock>> {
  return runStockCommand(db, request, signal, async (trx) => {
    const { locationId } = settlement;
    const bundles = await readBundles(
      trx,
      settlement.lines.map(({ sku }) => sku),
    );
    const lines = toPartLines(bundles, settlement.lines);
    const keys = lines.map(({ sku }) => ({ sku, locationId }));
    const levels = await lockLevels(trx, keys);
    const promised = await sumPromised(trx, keys, settlement.reference);
    const problems = lines.flatMap((line): readonly StockProblem[] => {
      const open = promised.get(levelKeyText({ sku: line.sku, locationId })) ?? 0;
      if (line.quantity <= open) return [];
      return [
        {
          kind: 'OUT_OF_RANGE',
          message: `Only ${open} of ${line.sku} are promised to this order here.`,
          path: line.path,
        },
      ];
    });
    if (problems.length > 0) return problems;
    const occurredAt = await readClock(trx);
    await writeMovements(trx, levels, toMovements({ ...settlement, lines }, request.actor, occurredAt));
    return { done: { levels: await listLevels(trx, keys) } };
  });
}

/** What is still promised to an order at levels, by levelKeyText. The levels are locked. */
async function sumPromised(
  trx: Transaction<InventoryDatabase>,
  keys: readonly LevelKey[],
  reference: string,
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ sku: string; location_id: string; promised: number }>`
    select sku, location_id, sum(allocated_change)::integer as promised
      from unnest(${keys.map((key) => key.sku)}::text[], ${keys.map((key) => key.locationId)}::text[]) as asked (sku, location_id)
      join stock_movement using (sku, location_id)
     where cause_kind = 'ORDER' and cause_id = ${reference}
     group by sku, location_id`.execute(trx);
  return new Map(rows.map((row) => [levelKeyText({ sku: row.sku, locationId: row.location_id }), row.promised]));
}

function toMovements(settlement: AllocationSettlement, actor: string, occurredAt: Date): readonly Movement[] {
  const { locationId, outcome, reference } = settlement;
  return settlement.lines.map(({ sku, quantity }) => ({
    sku,
    locationId,
    kind: outcome,
    quantity,
    change: outcome === 'SHIPPED' ? { allocated: -quantity, onHand: -quantity } : { allocated: -quantity },
    isFact: false,
    actor,
    cause: { kind: 'ORDER', id: reference },
    occurredAt,
  }));
}
