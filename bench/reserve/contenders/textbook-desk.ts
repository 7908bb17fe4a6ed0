import { type Kysely, sql, type Transaction } from 'kysely';
import type { InventoryDatabase } from '../../../db/tables/inventory.ts';
import { inTransaction } from '../../../db/transaction.ts';
import type { ReservationOutcome, ReservationRequest } from '../../../subgraphs/inventory/reservations/reservation.ts';
import type { ReservationDesk } from '../../../subgraphs/inventory/reservations/reservation-desk.ts';
import { readSingleLine, type SingleLine } from './read-single-line.ts';

/**
 * Reserving as textbooks have it: each caller has a transaction of its own that looks its key up, locks the level, checks, and writes
 * level, movement, hold, line, change row and answer. The same rows as ours writes, one statement for each.
 */
export function createTextbookDesk(db: Kysely<InventoryDatabase>): ReservationDesk {
  return {
    submit: (request, signal) => inTransaction(db, (trx) => reserve(trx, request), { signal }),
  };
}

async function reserve(trx: Transaction<InventoryDatabase>, request: ReservationRequest): Promise<ReservationOutcome> {
  const known = await trx
    .selectFrom('idempotency_record')
    .select('answer')
    .where('key', '=', request.idempotencyKey)
    .executeTakeFirst();
  if (known !== undefined) throw new Error('The bench never repeats a key.');
  const hold = readSingleLine(request, new Date());
  const level = await lockLevel(trx, hold);
  if (level === undefined || level.sellable < hold.quantity) throw new Error('The bench ran out of stock.');
  await writeLevel(trx, hold);
  await writeMovement(trx, hold, request.actor);
  await trx.insertInto('stock_hold').values(hold.row).execute();
  await sql`
    insert into stock_hold_line (hold_id, sku, location_id, quantity, expires_at)
    values (${hold.row.id}, ${hold.sku}, ${hold.locationId}, ${hold.quantity}, ${hold.row.expires_at})`.execute(trx);
  await writeChange(trx, hold);
  await sql`
    insert into idempotency_record (key, fingerprint, answer)
    values (${request.idempotencyKey}, ${request.fingerprint}, ${JSON.stringify({ holdId: hold.row.id, problems: [] })}::jsonb)`.execute(
    trx,
  );
  return { holdId: hold.row.id, problems: [], replayed: false, hold: hold.row };
}

async function lockLevel(trx: Transaction<InventoryDatabase>, { sku, locationId }: SingleLine) {
  const { rows } = await sql<{ sellable: number }>`
    select * from stock_level where sku = ${sku} and location_id = ${locationId} for update`.execute(trx);
  return rows[0];
}

async function writeLevel(trx: Transaction<InventoryDatabase>, { sku, locationId, quantity }: SingleLine) {
  await sql`
    update stock_level set held = held + ${quantity}, version = version + 1, updated_at = now()
     where sku = ${sku} and location_id = ${locationId}`.execute(trx);
}

async function writeMovement(trx: Transaction<InventoryDatabase>, hold: SingleLine, actor: string) {
  await sql`
    insert into stock_movement (sku, location_id, kind, quantity, version, actor, cause_kind, cause_id, occurred_at, held_change,
      on_hand_after, unavailable_after, allocated_after, held_after, incoming_after, safety_stock_after)
    select sku, location_id, 'HELD', ${hold.quantity}::integer, version, ${actor}, 'HOLD', ${hold.row.id}, ${hold.row.created_at},
           ${hold.quantity}::integer, on_hand, unavailable, allocated, held, incoming, safety_stock
      from stock_level where sku = ${hold.sku} and location_id = ${hold.locationId}`.execute(trx);
}

async function writeChange(trx: Transaction<InventoryDatabase>, { sku, locationId }: SingleLine) {
  await sql`
    insert into change (topic, scope, key, version, payload)
    select 'stock', location_id, sku || '/' || location_id, version, to_jsonb(stock_level)
      from stock_level where sku = ${sku} and location_id = ${locationId}`.execute(trx);
}
