import { type Kysely, sql } from 'kysely';
import type { InventoryDatabase } from '../../../db/tables/inventory.ts';
import type { ReservationDesk } from '../../../subgraphs/inventory/reservations/reservation-desk.ts';
import { readSingleLine } from './read-single-line.ts';

/**
 * Reserving by one statement whose UPDATE has the check in its WHERE, with everything else written from what it returned: one round
 * trip, and the level is locked no longer than the statement and its commit take. A repeated key breaks the primary key.
 */
export function createGuardedDesk(db: Kysely<InventoryDatabase>): ReservationDesk {
  return {
    async submit(request) {
      const { sku, locationId, quantity, row } = readSingleLine(request, new Date());
      const answer = JSON.stringify({ holdId: row.id, problems: [] });
      const { rows } = await sql`
        with level as (
          update stock_level set held = held + ${quantity}, version = version + 1, updated_at = now()
           where sku = ${sku} and location_id = ${locationId} and sellable >= ${quantity}
          returning *
        ), movement as (
          insert into stock_movement (sku, location_id, kind, quantity, version, actor, cause_kind, cause_id, occurred_at, held_change,
            on_hand_after, unavailable_after, allocated_after, held_after, incoming_after, safety_stock_after)
          select sku, location_id, 'HELD', ${quantity}::integer, version, ${request.actor}, 'HOLD', ${row.id},
                 ${row.created_at}::timestamptz, ${quantity}::integer, on_hand, unavailable, allocated, held, incoming, safety_stock
            from level
        ), hold as (
          insert into stock_hold (id, state, owner_kind, owner_id, actor, created_at, expires_at)
          select ${row.id}::uuid, 'HELD', ${row.owner_kind}, ${row.owner_id}, ${row.actor}, ${row.created_at}::timestamptz,
                 ${row.expires_at}::timestamptz
            from level
        ), line as (
          insert into stock_hold_line (hold_id, sku, location_id, quantity, expires_at)
          select ${row.id}::uuid, sku, location_id, ${quantity}::integer, ${row.expires_at}::timestamptz from level
        ), changed as (
          insert into change (topic, scope, key, version, payload)
          select 'stock', location_id, sku || '/' || location_id, version, to_jsonb(level) from level
        )
        insert into idempotency_record (key, fingerprint, answer)
        select ${request.idempotencyKey}, ${request.fingerprint}, ${answer}::jsonb from level
        returning key`.execute(db);
      if (rows.length === 0) throw new Error('The bench ran out of stock.');
      return { holdId: row.id, problems: [], replayed: false, hold: row };
    },
  };
}
