import { sql } from 'kysely';
import type { Reader } from '../reader.ts';

/** A product in a channel. */
export interface ListingKey {
  readonly channelId: string;
  readonly productId: string;
}

/** A channel's own wording; null where it has none. */
export interface ListingText {
  readonly title: string | null;
  readonly description: string | null;
}

/** The channels' wordings, in the order of the keys; undefined where the product is not listed. */
export async function findListingTexts(
  { db, signal }: Reader,
  keys: readonly ListingKey[],
): Promise<(ListingText | undefined)[]> {
  const query = sql<ListingText & { key: number }>`
    select asked.key::int, listing.title, listing.description
      from unnest(${keys.map((key) => key.channelId)}::text[], ${keys.map((key) => key.productId)}::text[])
           with ordinality as asked (channel_id, product_id, key)
      join listing using (channel_id, product_id)`;
  const byKey = new Map((await query.execute(db, { signal })).rows.map((row) => [row.key, row]));
  return keys.map((_, i) => byKey.get(i + 1));
}
