import type { Kysely } from 'kysely';
import type { InventoryDatabase, MovementKind } from '../../../db/tables/inventory.ts';
import type { Counters } from '../ledger/level.ts';
import { applyMovement, type Movement } from '../ledger/movement.ts';
import { findLastCounts, settleLateMovements } from '../ledger/settle-late-movements.ts';
import { writeMovements } from '../ledger/write-movements.ts';
import { type LevelKey, levelKeyText } from '../level-key.ts';
import { lockOrCreateLevels } from '../locks.ts';
import { findFactProblems, toPast } from './find-fact-problems.ts';
import { listLevels } from './list-levels.ts';
import { readClock } from './read-clock.ts';
import { runStockCommand, type StockOutcome, type StockRequest } from './run-stock-command.ts';
import type { MovedStock } from './stock-line.ts';

export interface Adjustment extends LevelKey {
  readonly delta: number;
  readonly reason: keyof typeof adjustmentRules;
  readonly reference: string;
  readonly occurredAt: Date | undefined;
  readonly expectedVersion: number | undefined;
}

/** What each reason changes, and which way it may go. */
export const adjustmentRules = {
  RECEIVED: { kind: 'RECEIVED', counter: 'onHand', sign: 1 },
  FOUND: { kind: 'ADJUSTED', counter: 'onHand', sign: 1 },
  LOST: { kind: 'ADJUSTED', counter: 'onHand', sign: -1 },
  CORRECTION: { kind: 'ADJUSTED', counter: 'onHand', sign: 0 },
  DAMAGED: { kind: 'ADJUSTED', counter: 'unavailable', sign: 0 },
  QUALITY_CONTROL: { kind: 'ADJUSTED', counter: 'unavailable', sign: 0 },
  ON_DISPLAY: { kind: 'ADJUSTED', counter: 'unavailable', sign: 0 },
  SAFETY_STOCK: { kind: 'ADJUSTED', counter: 'safetyStock', sign: 0 },
} as const satisfies Record<string, { kind: MovementKind; counter: keyof Counters; sign: -1 | 0 | 1 }>;

/** Beyond this a counter is a typing error; far enough from the end of a Postgres integer that sums fit. */
export const maxCounter = 100_000_000;

/** Changes one number of one level, as a fact. */
export function adjustStock(
  db: Kysely<InventoryDatabase>,
  adjustment: Adjustment,
  request: StockRequest,
  signal: AbortSignal,
): Promise<StockOutcome<MovedStock>> {
  return runStockCommand(db, request, signal, async (trx) => {
    const { sku, locationId } = adjustment;
    const now = await readClock(trx);
    const times = [{ at: adjustment.occurredAt, path: ['input', 'occurredAt'] }];
    const problems = await findFactProblems(trx, locationId, times, now);
    if (problems.length > 0) return problems;
    const levels = await lockOrCreateLevels(trx, [adjustment]);
    const level = levels.get(levelKeyText(adjustment));
    if (level === undefined) throw new Error('The level that was just locked is not there.');
    const { expectedVersion } = adjustment;
    if (expectedVersion !== undefined && expectedVersion !== level.version) {
      return [{ kind: 'VERSION_CONFLICT', currentVersion: level.version, path: ['input', 'expectedVersion'] }];
    }
    const movement = toMovement(adjustment, request.actor, toPast(adjustment.occurredAt, now));
    const { onHand, unavailable, safetyStock } = applyMovement(level, movement);
    if (Math.abs(onHand) > maxCounter || [unavailable, safetyStock].some((n) => n < 0 || n > maxCounter)) {
      return [{ kind: 'OUT_OF_RANGE', message: 'The number would leave its range.', path: ['input', 'delta'] }];
    }
    await writeMovements(trx, levels, settleLateMovements([movement], await findLastCounts(trx, [adjustment])));
    return { done: { levels: await listLevels(trx, [{ sku, locationId }]) } };
  });
}

function toMovement(adjustment: Adjustment, actor: string, occurredAt: Date): Movement {
  const { sku, locationId, delta, reason, reference } = adjustment;
  const { kind, counter } = adjustmentRules[reason];
  return {
    sku,
    locationId,
    kind,
    quantity: delta,
    change: { [counter]: delta },
    isFact: true,
    actor,
    cause: { kind: reason, id: reference },
    occurredAt,
  };
}
