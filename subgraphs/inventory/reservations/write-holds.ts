import { sql, type Transaction } from 'kysely';
import type { InventoryDatabase } from '../../../db/tables/inventory.ts';
import { ruleTopic } from '../channel-rules/announce-rule.ts';
import type { ReservationDraft } from './reservation-draft.ts';

/** Writes what a batch did to holds, and the answers to the keys that it has claimed, in one statement. */
export async function writeHolds(trx: Transaction<InventoryDatabase>, draft: ReservationDraft): Promise<void> {
  const created = draft.newHolds.map(({ row }) => row);
  const lines = draft.newHolds.flatMap(({ row, lines }) => lines.map((line) => ({ ...line, row })));
  const changed = [...draft.changedHolds.values()].map(({ row }) => row);
  const quotas = [...draft.quotas.values()];
  const eased = draft.easedQuotas();
  const records = [...draft.newRecords];
  await sql`
    with created as (
      insert into stock_hold (id, state, owner_kind, owner_id, customer_id, note, channel_id, actor, created_at, expires_at)
      select * from unnest(
        ${created.map((row) => row.id)}::uuid[], ${created.map((row) => row.state)}::text[],
        ${created.map((row) => row.owner_kind)}::text[], ${created.map((row) => row.owner_id)}::text[],
        ${created.map((row) => row.customer_id)}::text[], ${created.map((row) => row.note)}::text[],
        ${created.map((row) => row.channel_id)}::text[], ${created.map((row) => row.actor)}::text[],
        ${created.map((row) => row.created_at.toISOString())}::timestamptz[],
        ${created.map((row) => row.expires_at.toISOString())}::timestamptz[])
    ), line as (
      insert into stock_hold_line (hold_id, sku, location_id, quantity, expires_at, quota_id)
      select * from unnest(
        ${lines.map(({ row }) => row.id)}::uuid[], ${lines.map((line) => line.sku)}::text[],
        ${lines.map((line) => line.locationId)}::text[], ${lines.map((line) => line.quantity)}::integer[],
        ${lines.map(({ row }) => row.expires_at.toISOString())}::timestamptz[],
        ${lines.map((line) => line.quotaId)}::bigint[])
    ), quota as (
      update channel_quota set used = after.used
        from unnest(${quotas.map((quota) => quota.id)}::bigint[], ${quotas.map((quota) => quota.used)}::integer[]) as after (id, used)
       where channel_quota.id = after.id and channel_quota.used <> after.used
    ), eased as (
      insert into change (topic, scope, key, version, payload)
      select ${ruleTopic}, 'CHANNEL/' || channel_id, 'CHANNEL/' || channel_id || '/' || sku, version,
             jsonb_build_object('scopeKind', 'CHANNEL', 'scopeId', channel_id, 'sku', sku)
        from unnest(${eased.map(({ channelId }) => channelId)}::text[], ${eased.map(({ sku }) => sku)}::text[],
                    ${eased.map(({ used }) => used)}::bigint[]) as quota (channel_id, sku, version)
    ), changed as (
      update stock_hold set state = after.state, expires_at = after.expires_at, ended_at = after.ended_at, reference = after.reference
        from unnest(
          ${changed.map((row) => row.id)}::uuid[], ${changed.map((row) => row.state)}::text[],
          ${changed.map((row) => row.expires_at.toISOString())}::timestamptz[],
          ${changed.map((row) => row.ended_at?.toISOString() ?? null)}::timestamptz[],
          ${changed.map((row) => row.reference)}::text[]) as after (id, state, expires_at, ended_at, reference)
       where stock_hold.id = after.id
    ), line_after as (
      update stock_hold_line set is_open = stock_hold_line.is_open and closed.hold_id is null, expires_at = after.expires_at
        from unnest(
          ${changed.map((row) => row.id)}::uuid[], ${changed.map((row) => row.expires_at.toISOString())}::timestamptz[])
          as after (id, expires_at)
        join stock_hold_line as line on line.hold_id = after.id
        left join unnest(
          ${draft.closedLines.map((line) => line.holdId)}::uuid[], ${draft.closedLines.map((line) => line.sku)}::text[],
          ${draft.closedLines.map((line) => line.locationId)}::text[]) as closed (hold_id, sku, location_id)
          on (closed.hold_id, closed.sku, closed.location_id) = (line.hold_id, line.sku, line.location_id)
       where (stock_hold_line.hold_id, stock_hold_line.sku, stock_hold_line.location_id) = (line.hold_id, line.sku, line.location_id)
    )
    update idempotency_record set fingerprint = after.fingerprint, answer = after.answer
      from unnest(
        ${records.map(([key]) => key)}::text[], ${records.map(([, record]) => record.fingerprint)}::text[],
        ${records.map(([, record]) => JSON.stringify(record.answer))}::jsonb[]) as after (key, fingerprint, answer)
     where idempotency_record.key = after.key`.execute(trx);
}
