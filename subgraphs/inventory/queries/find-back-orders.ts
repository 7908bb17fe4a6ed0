import { type Kysely, sql } from 'kysely';
import type { InventoryDatabase } from '../../../db/tables/inventory.ts';
import type { ChannelBackOrderRow } from '../commands/set-channel-back-order.ts';

/** The back-order rules of channels and SKUs, in the order of the keys. */
export async function findBackOrders(
  db: Kysely<InventoryDatabase>,
  keys: readonly { readonly channelId: string; readonly sku: string }[],
): Promise<(ChannelBackOrderRow | undefined)[]> {
  const rows = await db
    .selectFrom('channel_back_order')
    .selectAll()
    .where(
      sql<boolean>`(channel_id, sku) in (
        select * from unnest(${keys.map(({ channelId }) => channelId)}::text[], ${keys.map(({ sku }) => sku)}::text[]))`,
    )
    .execute();
  return keys.map(({ channelId, sku }) => rows.find((row) => row.channel_id === channelId && row.sku === sku));
}
