import { sql, type Transaction } from 'kysely';
import type { InventoryDatabase } from '../../../db/tables/inventory.ts';
import { lockQuotas } from '../locks.ts';
import type { LockedHold, LockedQuota } from '../reservations/reservation.ts';

/** Locks the quotas that run for channels and SKUs, and those that open lines of the given holds count under. */
export async function readQuotas(
  trx: Transaction<InventoryDatabase>,
  asked: readonly { readonly channelId: string; readonly sku: string }[],
  holds: ReadonlyMap<string, LockedHold>,
  now: Date,
): Promise<readonly LockedQuota[]> {
  const ids = [...holds.values()].flatMap(({ lines }) =>
    lines.flatMap(({ quotaId }) => (quotaId === null ? [] : [quotaId])),
  );
  if (asked.length === 0 && ids.length === 0) return [];
  const rows = await lockQuotas(trx, asked, ids, now);
  if (rows.length === 0) return [];
  const expired = await sumExpired(
    trx,
    rows.map((row) => row.id),
    now,
  );
  return rows.map((row) => ({
    id: row.id,
    channelId: row.channel_id,
    sku: row.sku,
    units: row.units,
    used: row.used,
    isRunning: row.starts_at <= now && now < row.ends_at,
    expired: expired.get(row.id) ?? 0,
  }));
}

/** What expired holds still count under quotas. Their levels are not ours to lock; whoever tidies them up gives it back. */
async function sumExpired(
  trx: Transaction<InventoryDatabase>,
  ids: readonly number[],
  now: Date,
): Promise<ReadonlyMap<number, number>> {
  const { rows } = await sql<{ quota_id: number; quantity: number }>`
    select quota_id, sum(quantity)::integer as quantity from stock_hold_line
     where quota_id = any (${[...ids]}::bigint[]) and is_open and expires_at <= ${now.toISOString()}::timestamptz
     group by quota_id`.execute(trx);
  return new Map(rows.map((row) => [row.quota_id, row.quantity]));
}
