import { sql, type Transaction } from 'kysely';
import type { ProductsDatabase } from '../../../../db/tables/products.ts';
import type { KeptProduct, ProductToImport } from './product-to-import.ts';

/** What was written, by product id. */
export interface WrittenProducts {
  readonly kept: readonly KeptProduct[];
  readonly created: Set<string>;
  readonly changed: Set<string>;
}

/** Inserts or updates the records themselves; rows that are as they should be are left alone. A handle is given once and stays. */
export async function writeProducts(
  trx: Transaction<ProductsDatabase>,
  products: readonly ProductToImport[],
): Promise<WrittenProducts> {
  const sources = products.map(({ source }) => source);
  const keys = products.map(({ sourceKey }) => sourceKey);
  const { rows } = await sql<{ id: string; is_new: boolean }>`
    insert into product (handle, title, description, source, source_key)
    select * from unnest(
      ${products.map(({ handle }) => handle)}::text[], ${products.map(({ title }) => title)}::text[],
      ${products.map(({ description }) => description)}::text[], ${sources}::text[], ${keys}::text[])
      as given (handle, title, description, source, source_key)
     order by source, source_key
        on conflict (source, source_key) do update
       set title = excluded.title, description = excluded.description, version = product.version + 1
     where (product.title, product.description) is distinct from (excluded.title, excluded.description)
    returning id, xmax = 0 as is_new`.execute(trx);
  const found = await sql<{ id: string; source: string; source_key: string }>`
    select id, source, source_key from product
      join unnest(${sources}::text[], ${keys}::text[]) as given (source, source_key) using (source, source_key)`.execute(
    trx,
  );
  const idOf = new Map(found.rows.map(({ id, source, source_key }) => [`${source}\n${source_key}`, id]));
  return {
    kept: products.map((product) => ({ id: idOf.get(`${product.source}\n${product.sourceKey}`) ?? '', product })),
    created: new Set(rows.filter(({ is_new }) => is_new).map(({ id }) => id)),
    changed: new Set(rows.filter(({ is_new }) => !is_new).map(({ id }) => id)),
  };
}
