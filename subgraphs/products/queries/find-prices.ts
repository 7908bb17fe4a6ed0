import { sql } from 'kysely';
import type { Reader } from '../reader.ts';

/** A variant in a channel. */
export interface PriceKey {
  readonly channelId: string;
  readonly sku: string;
}

/** What a price is made of: the list price, and the promotion that takes off most now. Amounts in minor units. */
export interface PriceRow {
  readonly channelName: string;
  readonly currencyCode: string;
  readonly listMinor: number;
  readonly formerMinor: number | null;
  readonly promotion: PromotionRow | null;
}

/** A promotion that runs now. */
export interface PromotionRow {
  readonly id: string;
  readonly title: string;
  readonly basisPointsOff: number;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

type FlatPriceRow = Omit<PriceRow, 'promotion'> & { readonly key: number } & {
  readonly [Column in keyof PromotionRow]: PromotionRow[Column] | null;
};

/**
 * Prices by channel and SKU, in the order of the keys; undefined where there is no price. Of the promotions that run by the
 * database's clock on the whole channel, or on a category the product stands in or below, the one with most off wins; among
 * equals the one that ends last.
 */
export async function findPrices({ db, signal }: Reader, keys: readonly PriceKey[]): Promise<(PriceRow | undefined)[]> {
  const channelIds = keys.map((key) => key.channelId);
  const query = sql<FlatPriceRow>`
    with recursive running as (
      select * from promotion where channel_id = any(${channelIds}::text[]) and starts_at <= now() and ends_at > now()
    ), scope (promotion_id, category_id) as (
      select id, category_id from running where category_id is not null
      union
      select scope.promotion_id, category.id from scope join category on category.parent_id = scope.category_id)
    select asked.key::int, channel.name as "channelName", channel.currency_code as "currencyCode",
           price.amount_minor as "listMinor", price.compare_at_minor as "formerMinor",
           best.id, best.title, best.basis_points_off as "basisPointsOff",
           best.starts_at as "startsAt", best.ends_at as "endsAt"
      from unnest(${channelIds}::text[], ${keys.map((key) => key.sku)}::text[])
           with ordinality as asked (channel_id, sku, key)
      join price using (channel_id, sku)
      join channel on channel.id = price.channel_id
      left join lateral (
        select * from running
         where running.channel_id = price.channel_id and (running.category_id is null or exists (
           select from variant
             join product_category using (product_id)
             join scope using (category_id)
            where variant.sku = price.sku and scope.promotion_id = running.id))
         order by running.basis_points_off desc, running.ends_at desc, running.id
         limit 1) as best on true`;
  const byKey = new Map((await query.execute(db, { signal })).rows.map((row) => [row.key, toPriceRow(row)]));
  return keys.map((_, i) => byKey.get(i + 1));
}

function toPriceRow({ key: _, id, title, basisPointsOff, startsAt, endsAt, ...price }: FlatPriceRow): PriceRow {
  const isPromoted = id !== null && title !== null && basisPointsOff !== null && startsAt !== null && endsAt !== null;
  return { ...price, promotion: isPromoted ? { id, title, basisPointsOff, startsAt, endsAt } : null };
}
