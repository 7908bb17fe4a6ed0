import { sql, type Transaction } from 'kysely';
import type { InventoryDatabase } from '../../../db/tables/inventory.ts';
import { stockTopic, toStockPayload } from '../feed/stock-change.ts';
import { levelKeyText } from '../level-key.ts';
import type { LockedLevel } from './level.ts';
import { applyMovement, type Movement } from './movement.ts';

/** The levels that a transaction has locked, by levelKeyText. */
export type LevelBook = Map<string, LockedLevel>;

/**
 * The one place that changes a counter: puts movements on locked levels, in order, and writes levels, ledger and change
 * rows in one statement. `book` holds the levels as they are after it. A movement whose level is not in the book is a bug.
 */
export async function writeMovements(
  trx: Transaction<InventoryDatabase>,
  book: LevelBook,
  movements: readonly Movement[],
): Promise<void> {
  if (movements.length === 0) return;
  const steps = movements.map((movement) => {
    const key = levelKeyText(movement);
    const before = book.get(key);
    if (before === undefined) throw new Error(`The level ${key} is not locked.`);
    const after = applyMovement(before, movement);
    book.set(key, after);
    return { movement, after };
  });
  // Each level once, however often it moved: an update with two rows for one level would take either.
  const versions = [...Map.groupBy(steps, ({ movement }) => levelKeyText(movement)).values()].map((own) =>
    own.map(({ after }) => after),
  );
  const touched = versions.flatMap((own) => own.slice(-1));

  await sql`
    with movement as (
      insert into stock_movement (sku, location_id, kind, quantity, version, actor, cause_kind, cause_id, occurred_at,
        on_hand_change, unavailable_change, allocated_change, held_change, incoming_change, safety_stock_change,
        on_hand_after, unavailable_after, allocated_after, held_after, incoming_after, safety_stock_after)
      select * from unnest(
        ${steps.map(({ movement }) => movement.sku)}::text[], ${steps.map(({ movement }) => movement.locationId)}::text[],
        ${steps.map(({ movement }) => movement.kind)}::text[], ${steps.map(({ movement }) => movement.quantity)}::integer[],
        ${steps.map(({ after }) => after.version)}::bigint[], ${steps.map(({ movement }) => movement.actor)}::text[],
        ${steps.map(({ movement }) => movement.cause.kind)}::text[], ${steps.map(({ movement }) => movement.cause.id)}::text[],
        ${steps.map(({ movement }) => movement.occurredAt.toISOString())}::timestamptz[],
        ${steps.map(({ movement }) => movement.change.onHand ?? 0)}::integer[],
        ${steps.map(({ movement }) => movement.change.unavailable ?? 0)}::integer[],
        ${steps.map(({ movement }) => movement.change.allocated ?? 0)}::integer[],
        ${steps.map(({ movement }) => movement.change.held ?? 0)}::integer[],
        ${steps.map(({ movement }) => movement.change.incoming ?? 0)}::integer[],
        ${steps.map(({ movement }) => movement.change.safetyStock ?? 0)}::integer[],
        ${steps.map(({ after }) => after.onHand)}::integer[], ${steps.map(({ after }) => after.unavailable)}::integer[],
        ${steps.map(({ after }) => after.allocated)}::integer[], ${steps.map(({ after }) => after.held)}::integer[],
        ${steps.map(({ after }) => after.incoming)}::integer[], ${steps.map(({ after }) => after.safetyStock)}::integer[])
    ), changed as (
      insert into change (topic, scope, key, version, payload, recorded_at)
      select ${stockTopic}, location_id, key, version, payload, statement_timestamp() from unnest(
        ${touched.map((level) => level.locationId)}::text[], ${touched.map(levelKeyText)}::text[],
        ${touched.map((level) => level.version)}::bigint[], ${versions.map(toStockPayload)}::jsonb[])
        as level (location_id, key, version, payload)
    )
    update stock_level set on_hand = after.on_hand, unavailable = after.unavailable, allocated = after.allocated,
           held = after.held, incoming = after.incoming, safety_stock = after.safety_stock,
           shortfall = after.shortfall, back_ordered = after.back_ordered, version = after.version, updated_at = statement_timestamp()
      from unnest(
        ${touched.map((level) => level.sku)}::text[], ${touched.map((level) => level.locationId)}::text[],
        ${touched.map((level) => level.onHand)}::integer[], ${touched.map((level) => level.unavailable)}::integer[],
        ${touched.map((level) => level.allocated)}::integer[], ${touched.map((level) => level.held)}::integer[],
        ${touched.map((level) => level.incoming)}::integer[], ${touched.map((level) => level.safetyStock)}::integer[],
        ${touched.map((level) => level.shortfall)}::integer[], ${touched.map((level) => level.backOrdered)}::integer[], ${touched.map((level) => level.version)}::bigint[])
        as after (sku, location_id, on_hand, unavailable, allocated, held, incoming, safety_stock, shortfall, back_ordered, version)
     where stock_level.sku = after.sku and stock_level.location_id = after.location_id`.execute(trx);
}
