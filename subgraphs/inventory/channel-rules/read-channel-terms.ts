import { sql, type Transaction } from 'kysely';
import type { InventoryDatabase } from '../../../db/tables/inventory.ts';
import type { LevelKey } from '../level-key.ts';
import { bufferUnits, findRule } from './buffer-units.ts';

/** On which terms a channel sells from a level. */
export interface ChannelTerms {
  /** How many units it keeps back. */
  readonly buffer: number;
  /** How far below that it may go, for goods that will come in here. */
  readonly backOrder: number;
  /** Whether it may not sell the variant yet, wherever it lies. */
  readonly isTooEarly: boolean;
}

/** The key of terms in a map. */
export function termsKey(channelId: string, { sku, locationId }: LevelKey): string {
  return `${channelId}/${locationId}/${sku}`;
}

/** The terms of channels at levels, by termsKey; nothing for those without a rule. The levels are locked. One statement. */
export async function readChannelTerms(
  trx: Transaction<InventoryDatabase>,
  asked: readonly (LevelKey & { readonly channelId: string })[],
  now: Date,
): Promise<ReadonlyMap<string, ChannelTerms>> {
  if (asked.length === 0) return new Map();
  const distinct = [...new Map(asked.map((one) => [termsKey(one.channelId, one), one])).values()];
  const { rows } = await sql<ChannelTerms & { channel_id: string; sku: string; location_id: string }>`
    select asked.channel_id, asked.sku, asked.location_id, ${bufferUnits} as buffer,
           case when back_order.location_id = asked.location_id then back_order.units else 0 end as "backOrder",
           coalesce(back_order.sellable_from > ${now.toISOString()}::timestamptz, false) as "isTooEarly"
      from unnest(${distinct.map((one) => one.channelId)}::text[], ${distinct.map((one) => one.sku)}::text[],
                  ${distinct.map((one) => one.locationId)}::text[]) as asked (channel_id, sku, location_id)
      join stock_level using (sku, location_id)
      left join lateral (${findRule}) as rule on true
      left join channel_back_order as back_order
        on back_order.channel_id = asked.channel_id and back_order.sku = asked.sku
     where rule.kind is not null or back_order.sku is not null`.execute(trx);
  return new Map(
    rows.map(({ channel_id, sku, location_id, ...terms }) => [
      termsKey(channel_id, { sku, locationId: location_id }),
      terms,
    ]),
  );
}
