import { sql, type Transaction } from 'kysely';
import type { InventoryDatabase } from '../../../db/tables/inventory.ts';
import { type LevelKey, levelKeyText } from '../level-key.ts';
import type { Movement } from './movement.ts';

/** The last count of a level. */
export interface LastCount {
  readonly at: Date;
  readonly causeId: string;
}

/** The last counts of levels, by levelKeyText; the levels are locked. */
export async function findLastCounts(
  trx: Transaction<InventoryDatabase>,
  keys: readonly LevelKey[],
): Promise<ReadonlyMap<string, LastCount>> {
  const { rows } = await sql<{ sku: string; location_id: string; occurred_at: Date; cause_id: string }>`
    select distinct on (sku, location_id) sku, location_id, occurred_at, cause_id
      from unnest(${keys.map((key) => key.sku)}::text[], ${keys.map((key) => key.locationId)}::text[]) as asked (sku, location_id)
      join stock_movement using (sku, location_id)
     where kind = 'COUNTED'
     order by sku, location_id, occurred_at desc, version desc`.execute(trx);
  return new Map(
    rows.map((row) => [
      levelKeyText({ sku: row.sku, locationId: row.location_id }),
      { at: row.occurred_at, causeId: row.cause_id },
    ]),
  );
}

/**
 * Facts that we learn of after a count, though they happened before it: whoever counted saw the shelf without them, so each is
 * followed by a movement of the count that takes its effect on `onHand` back. The ledger tells both.
 */
export function settleLateMovements(
  movements: readonly Movement[],
  lastCounts: ReadonlyMap<string, LastCount>,
): readonly Movement[] {
  return movements.flatMap((movement) => {
    const count = lastCounts.get(levelKeyText(movement));
    const onHand = movement.change.onHand ?? 0;
    if (count === undefined || onHand === 0 || movement.occurredAt > count.at) return [movement];
    const settled: Movement = {
      ...movement,
      kind: 'COUNTED',
      quantity: -onHand,
      change: { onHand: -onHand },
      cause: { kind: 'COUNT', id: count.causeId },
      occurredAt: count.at,
    };
    return [movement, settled];
  });
}
