import { sql } from 'kysely';
import type { ProductVariantParent } from '../parents.ts';
import type { Reader } from '../reader.ts';

/** A page of a product's variants: `after` is exclusive. */
export interface VariantsKey {
  readonly productId: string;
  readonly limit: number;
  readonly after: { readonly position: number; readonly sku: string } | undefined;
}

/** A page of variants for each key, in the shop's order: one statement for any number of products and places to go on from. */
export async function listVariants(
  { db, signal }: Reader,
  keys: readonly VariantsKey[],
): Promise<ProductVariantParent[][]> {
  const query = sql<ProductVariantParent & { key: number }>`
    select asked.key::int, v.sku, v.product_id as "productId", v.gtin, v.title, v.options, v.position
      from unnest(${keys.map((key) => key.productId)}::text[], ${keys.map((key) => key.limit)}::int[],
                  ${keys.map((key) => key.after?.position ?? firstPosition)}::int[],
                  ${keys.map((key) => key.after?.sku ?? '')}::text[])
           with ordinality as asked (product_id, "limit", position, sku, key)
     cross join lateral (
       select * from variant
        where variant.product_id = asked.product_id and (variant.position, variant.sku) > (asked.position, asked.sku)
        order by variant.position, variant.sku
        limit asked."limit") as v
     order by asked.key, v.position, v.sku`;
  const groups = Map.groupBy((await query.execute(db, { signal })).rows, (row) => row.key);
  return keys.map((_, i) => groups.get(i + 1) ?? []);
}

/** Before all others: the smallest that the column can hold. */
const firstPosition = -(2 ** 31);
