import type { Kysely } from 'kysely';
import type { InventoryDatabase } from '../../../db/tables/inventory.ts';
import type { LockedLevel } from '../ledger/level.ts';
import { applyMovement, type Movement } from '../ledger/movement.ts';
import { findLastCounts, settleLateMovements } from '../ledger/settle-late-movements.ts';
import { writeMovements } from '../ledger/write-movements.ts';
import { type LevelKey, levelKeyText } from '../level-key.ts';
import { lockOrCreateLevels } from '../locks.ts';
import { maxCounter } from './adjust-stock.ts';
import { readClock } from './read-clock.ts';
import { runStockCommand, type StockOutcome, type StockRequest } from './run-stock-command.ts';

/** One number of one level, and how it changes. */
export interface BulkRow extends LevelKey {
  readonly number: 'onHand' | 'unavailable' | 'safetyStock';
  /** SET: to a value, if it still is what the writer last knew. ADD: by a difference. */
  readonly change:
    | { readonly kind: 'SET'; readonly value: number; readonly compare: number }
    | { readonly kind: 'ADD'; readonly delta: number };
}

/** What became of a row. */
export interface BulkResult extends LevelKey {
  readonly outcome:
    | 'CHANGED'
    | 'UNCHANGED'
    | 'CHANGED_MEANWHILE'
    | 'UNKNOWN_LOCATION'
    | 'OUT_OF_RANGE'
    | 'MALFORMED'
    | 'NOT_TRIED';
  /** The number after the request; null where there is no such location. */
  readonly value: number | null;
}

export interface BulkChange {
  readonly rows: readonly BulkRow[];
  /** Malformed rows that are passed over, and where among the others they stood; the earliest first. */
  readonly malformed: readonly (LevelKey & { readonly place: number })[];
  /** Whether a row that cannot be applied keeps all others from being applied. */
  readonly isAllOrNothing: boolean;
  readonly reference: string;
}

/** Applies rows in their order, in one transaction, and gives each an outcome of its own. */
export function changeStockInBulk(
  db: Kysely<InventoryDatabase>,
  bulk: BulkChange,
  request: StockRequest,
  signal: AbortSignal,
): Promise<StockOutcome<{ readonly results: readonly BulkResult[] }>> {
  return runStockCommand(db, request, signal, async (trx) => {
    const known = await findKnownLocations(trx, bulk.rows);
    const levels = await lockOrCreateLevels(
      trx,
      bulk.rows.filter(({ locationId }) => known.has(locationId)),
    );
    const occurredAt = await readClock(trx);
    const tried = tryRows(bulk, levels, { actor: request.actor, occurredAt });
    const isRefused = bulk.isAllOrNothing && tried.some(({ result }) => !isApplied(result));
    if (isRefused) return { done: { results: tried.map(({ result, before }) => toUntried(result, before)) } };
    const movements = tried.flatMap(({ movement }) => (movement === null ? [] : [movement]));
    await writeMovements(trx, levels, settleLateMovements(movements, await findLastCounts(trx, movements)));
    return {
      done: {
        results: insertMalformed(
          bulk,
          tried.map(({ result }) => result),
        ),
      },
    };
  });
}

interface TriedRow {
  readonly result: BulkResult;
  readonly movement: Movement | null;
  /** The number before the request. */
  readonly before: number | null;
}

/** Each row sees what those before it did to its level. */
function tryRows(
  { rows, reference }: BulkChange,
  levels: ReadonlyMap<string, LockedLevel>,
  stamp: { readonly actor: string; readonly occurredAt: Date },
): readonly TriedRow[] {
  const draft = new Map(levels);
  return rows.map((row): TriedRow => {
    const { sku, locationId, number, change } = row;
    const key = levelKeyText(row);
    const level = draft.get(key);
    if (level === undefined) {
      return { result: { sku, locationId, outcome: 'UNKNOWN_LOCATION', value: null }, movement: null, before: null };
    }
    const before = levels.get(key)?.[number] ?? null;
    const stay = (outcome: BulkResult['outcome']): TriedRow => ({
      result: { sku, locationId, outcome, value: level[number] },
      movement: null,
      before,
    });
    if (change.kind === 'SET' && change.compare !== level[number]) return stay('CHANGED_MEANWHILE');
    const delta = change.kind === 'SET' ? change.value - level[number] : change.delta;
    const value = level[number] + delta;
    if (Math.abs(value) > maxCounter || (number !== 'onHand' && value < 0)) return stay('OUT_OF_RANGE');
    if (delta === 0) return stay('UNCHANGED');
    const movement: Movement = {
      sku,
      locationId,
      kind: 'ADJUSTED',
      quantity: delta,
      change: { [number]: delta },
      isFact: true,
      actor: stamp.actor,
      cause: { kind: change.kind === 'SET' ? 'BULK_SET' : 'BULK_ADJUST', id: reference },
      occurredAt: stamp.occurredAt,
    };
    draft.set(key, applyMovement(level, movement));
    return { result: { sku, locationId, outcome: 'CHANGED', value }, movement, before };
  });
}

/** The results in the order of the input. */
function insertMalformed({ malformed }: BulkChange, results: readonly BulkResult[]): readonly BulkResult[] {
  const all = [...results];
  for (const { sku, locationId, place } of malformed) {
    all.splice(place, 0, { sku, locationId, outcome: 'MALFORMED', value: null });
  }
  return all;
}

function isApplied({ outcome }: BulkResult): boolean {
  return outcome === 'CHANGED' || outcome === 'UNCHANGED';
}

/** All rows stay as they were: those that would have passed were not tried. */
function toUntried(result: BulkResult, before: number | null): BulkResult {
  return { ...result, outcome: isApplied(result) ? 'NOT_TRIED' : result.outcome, value: before };
}

async function findKnownLocations(
  trx: Kysely<InventoryDatabase>,
  rows: readonly BulkRow[],
): Promise<ReadonlySet<string>> {
  const ids = [...new Set(rows.map(({ locationId }) => locationId))];
  if (ids.length === 0) return new Set();
  const found = await trx.selectFrom('location').select('id').where('id', 'in', ids).execute();
  return new Set(found.map(({ id }) => id));
}
