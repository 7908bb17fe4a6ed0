import { type RawBuilder, sql } from 'kysely';
import type { Reader } from '../reader.ts';

/** Something of a product, at most `limit` of it. */
export interface OfProductKey {
  readonly productId: string;
  readonly limit: number;
}

/**
 * What stands below each product, at most `limit` rows each: one statement for any number of products and limits. `rows` is
 * a select that names the product as `asked.product_id`, in its order; it must not have a column `key` or `place`.
 */
export async function listOfProducts<Row extends object>(
  { db, signal }: Reader,
  keys: readonly OfProductKey[],
  rows: RawBuilder<Row>,
): Promise<Row[][]> {
  const query = sql<Row & { key: number }>`
    select asked.key::int, below.*
      from unnest(${keys.map((key) => key.productId)}::text[], ${keys.map((key) => key.limit)}::int[])
           with ordinality as asked (product_id, "limit", key)
     cross join lateral (
       select ordered.*, row_number() over () as place from (${rows} limit asked."limit") as ordered) as below
     order by asked.key, below.place`;
  const groups = Map.groupBy((await query.execute(db, { signal })).rows, (row) => row.key);
  return keys.map((_, i) => groups.get(i + 1) ?? []);
}
