import { sql, type Transaction } from 'kysely';
import type { ProductsDatabase } from '../../../../db/tables/products.ts';
import type { KeptProduct } from './product-to-import.ts';

/** Lists products in their channels and prices their variants there; gives the ids of products of which something changed. */
export async function writeOffers(
  trx: Transaction<ProductsDatabase>,
  kept: readonly KeptProduct[],
): Promise<Set<string>> {
  const changed = new Set([...(await writeListings(trx, kept)), ...(await writePrices(trx, kept))]);
  await writeLowestPrices(trx, [...changed]);
  return changed;
}

async function writeListings(trx: Transaction<ProductsDatabase>, kept: readonly KeptProduct[]): Promise<string[]> {
  const rows = kept.flatMap(({ id, product }) => product.channelIds.map((channelId) => ({ id, channelId })));
  const added = await sql<{ product_id: string }>`
    insert into listing (channel_id, product_id)
    select * from unnest(${rows.map(({ channelId }) => channelId)}::text[], ${rows.map(({ id }) => id)}::text[])
      as given (channel_id, product_id)
     order by channel_id, product_id
        on conflict do nothing
    returning product_id`.execute(trx);
  return added.rows.map(({ product_id }) => product_id);
}

async function writePrices(trx: Transaction<ProductsDatabase>, kept: readonly KeptProduct[]): Promise<string[]> {
  const rows = kept.flatMap(({ product }) =>
    product.channelIds.flatMap((channelId) =>
      product.variants.flatMap(({ sku, price }) => (price === null ? [] : [{ channelId, sku, ...price }])),
    ),
  );
  const written = await sql<{ sku: string }>`
    insert into price (channel_id, sku, amount_minor, compare_at_minor)
    select * from unnest(
      ${rows.map(({ channelId }) => channelId)}::text[], ${rows.map(({ sku }) => sku)}::text[],
      ${rows.map(({ amountMinor }) => amountMinor)}::bigint[], ${rows.map(({ compareAtMinor }) => compareAtMinor)}::bigint[])
      as given (channel_id, sku, amount_minor, compare_at_minor)
     order by channel_id, sku
        on conflict (channel_id, sku) do update
       set amount_minor = excluded.amount_minor, compare_at_minor = excluded.compare_at_minor, updated_at = now()
     where (price.amount_minor, price.compare_at_minor) is distinct from (excluded.amount_minor, excluded.compare_at_minor)
    returning sku`.execute(trx);
  const idOf = new Map(kept.flatMap(({ id, product }) => product.variants.map(({ sku }) => [sku, id])));
  return written.rows.flatMap(({ sku }) => idOf.get(sku) ?? []);
}

/** Lists are sorted by the lowest price of a product in the channel; whoever writes a price writes it. */
async function writeLowestPrices(trx: Transaction<ProductsDatabase>, ids: readonly string[]): Promise<void> {
  await sql`
    update listing set lowest_price_minor = lowest.amount_minor
      from (select listing.channel_id, listing.product_id, min(price.amount_minor) as amount_minor
              from listing
              join variant on variant.product_id = listing.product_id
              left join price on price.channel_id = listing.channel_id and price.sku = variant.sku
             where listing.product_id = any (${[...ids]}::text[])
             group by listing.channel_id, listing.product_id) as lowest
     where (listing.channel_id, listing.product_id) = (lowest.channel_id, lowest.product_id)
       and listing.lowest_price_minor is distinct from lowest.amount_minor`.execute(trx);
}
