import { type Kysely, type Selectable, sql } from 'kysely';
import type { ChannelBufferTable, ChannelQuotaTable, InventoryDatabase } from '../../../db/tables/inventory.ts';
import type { AvailabilityKey } from './read-availability.ts';

/** The buffers that apply to channels and SKUs ('' for the channel's own), in the order of the keys. */
export async function findBuffers(
  db: Kysely<InventoryDatabase>,
  keys: readonly AvailabilityKey[],
): Promise<(Selectable<ChannelBufferTable> | undefined)[]> {
  const { rows } = await sql<Selectable<ChannelBufferTable> & { position: number }>`
    select position, buffer.*
      from unnest(${keys.map((key) => key.channelId)}::text[], ${keys.map((key) => key.sku)}::text[])
           with ordinality as asked (channel_id, sku, position)
      join lateral (select * from channel_buffer
                     where channel_buffer.channel_id = asked.channel_id and channel_buffer.sku in (asked.sku, '')
                     order by channel_buffer.sku desc limit 1) as buffer on true`.execute(db);
  const byPosition = new Map(rows.map((row) => [row.position - 1, row]));
  return keys.map((_key, i) => byPosition.get(i));
}

/** The quotas that run now for channels and SKUs, in the order of the keys. `used` leaves out what has expired. */
export async function findQuotas(
  db: Kysely<InventoryDatabase>,
  keys: readonly AvailabilityKey[],
): Promise<(Selectable<ChannelQuotaTable> | undefined)[]> {
  const { rows } = await sql<Selectable<ChannelQuotaTable> & { position: number }>`
    select position, id, channel_id, sku, starts_at, ends_at, units, version,
           used - coalesce((select sum(quantity) from stock_hold_line
                             where quota_id = channel_quota.id and is_open and expires_at <= now()), 0)::integer as used
      from unnest(${keys.map((key) => key.channelId)}::text[], ${keys.map((key) => key.sku)}::text[])
           with ordinality as asked (channel_id, sku, position)
      join channel_quota using (channel_id, sku)
     where starts_at <= now() and ends_at > now()`.execute(db);
  const byPosition = new Map(rows.map((row) => [row.position - 1, row]));
  return keys.map((_key, i) => byPosition.get(i));
}
