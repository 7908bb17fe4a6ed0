import { sql, type Transaction } from 'kysely';
import type { ProductsDatabase } from '../../../../db/tables/products.ts';
import type { KeptProduct } from './product-to-import.ts';

/** Inserts or updates the variants of products; gives the ids of products of which one changed. */
export async function writeVariants(
  trx: Transaction<ProductsDatabase>,
  kept: readonly KeptProduct[],
): Promise<string[]> {
  const rows = kept.flatMap(({ id, product }) =>
    product.variants.map((variant, position) => ({ id, position, ...variant })),
  );
  const changed = await sql<{ product_id: string }>`
    insert into variant (sku, product_id, gtin, title, options, position)
    select * from unnest(
      ${rows.map(({ sku }) => sku)}::text[], ${rows.map(({ id }) => id)}::text[], ${rows.map(({ gtin }) => gtin)}::text[],
      ${rows.map(({ title }) => title)}::text[], ${rows.map(({ options }) => JSON.stringify(options))}::jsonb[],
      ${rows.map(({ position }) => position)}::integer[])
      as given (sku, product_id, gtin, title, options, position)
     order by sku
        on conflict (sku) do update
       set gtin = excluded.gtin, title = excluded.title, options = excluded.options, position = excluded.position
     where (variant.gtin, variant.title, variant.options, variant.position)
           is distinct from (excluded.gtin, excluded.title, excluded.options, excluded.position)
    returning product_id`.execute(trx);
  return changed.rows.map(({ product_id }) => product_id);
}
