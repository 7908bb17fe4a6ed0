import { sql, type Transaction } from 'kysely';
import type { ProductsDatabase } from '../../../../db/tables/products.ts';
import type { KeptProduct } from './product-to-import.ts';

/**
 * Makes categories, attributes and pictures of products what their records say; gives the ids of products of which something changed.
 * Categories that exist keep their name and place: they are everybody's.
 */
export async function writeDetails(
  trx: Transaction<ProductsDatabase>,
  kept: readonly KeptProduct[],
): Promise<string[]> {
  const ids = kept.map(({ id }) => id);
  await writeCategories(trx, kept);
  return [
    ...(await writePlaces(trx, kept, ids)),
    ...(await writeAttributes(trx, kept, ids)),
    ...(await writeMedia(trx, kept, ids)),
  ];
}

async function writeCategories(trx: Transaction<ProductsDatabase>, kept: readonly KeptProduct[]): Promise<void> {
  const paths = kept.flatMap(({ product }) => product.categories);
  const categories = new Map(
    paths.flatMap((path) =>
      path.map((category, at) => [category.id, { ...category, parent: path[at - 1]?.id ?? null }]),
    ),
  );
  const rows = [...categories.values()];
  if (rows.length === 0) return;
  // Parents and children come in one statement: Postgres looks for the parents at its end.
  await sql`
    insert into category (id, name, parent_id)
    select * from unnest(${rows.map(({ id }) => id)}::text[], ${rows.map(({ name }) => name)}::text[],
                         ${rows.map(({ parent }) => parent)}::text[]) as given (id, name, parent_id)
     order by id
        on conflict do nothing`.execute(trx);
}

async function writePlaces(
  trx: Transaction<ProductsDatabase>,
  kept: readonly KeptProduct[],
  ids: readonly string[],
): Promise<string[]> {
  const rows = kept.flatMap(({ id, product }) =>
    product.categories.flatMap((path) => path.slice(-1).map((category) => ({ id, categoryId: category.id }))),
  );
  const changed = await sql<{ product_id: string }>`
    with given as (
      select distinct * from unnest(${rows.map(({ id }) => id)}::text[], ${rows.map(({ categoryId }) => categoryId)}::text[])
        as given (product_id, category_id)
    ), gone as (
      delete from product_category as old where product_id = any (${[...ids]}::text[])
        and not exists (select from given where (given.product_id, given.category_id) = (old.product_id, old.category_id))
      returning product_id
    ), added as (
      insert into product_category (product_id, category_id) select * from given on conflict do nothing returning product_id
    )
    select product_id from gone union all select product_id from added`.execute(trx);
  return changed.rows.map(({ product_id }) => product_id);
}

async function writeAttributes(
  trx: Transaction<ProductsDatabase>,
  kept: readonly KeptProduct[],
  ids: readonly string[],
): Promise<string[]> {
  const rows = kept.flatMap(({ id, product }) =>
    product.attributes.map((attribute, position) => ({ id, ...attribute, position })),
  );
  const changed = await sql<{ product_id: string }>`
    with given as (
      select * from unnest(${rows.map(({ id }) => id)}::text[], ${rows.map(({ name }) => name)}::text[],
                           ${rows.map(({ value }) => value)}::text[], ${rows.map(({ position }) => position)}::smallint[])
        as given (product_id, name, value, position)
    ), gone as (
      delete from product_attribute as old where product_id = any (${[...ids]}::text[])
        and not exists (select from given where (given.product_id, given.name, given.value) = (old.product_id, old.name, old.value))
      returning product_id
    ), added as (
      insert into product_attribute (product_id, name, value, position) select * from given
          on conflict (product_id, name, value) do update set position = excluded.position
       where product_attribute.position <> excluded.position
      returning product_id
    )
    select product_id from gone union all select product_id from added`.execute(trx);
  return changed.rows.map(({ product_id }) => product_id);
}

async function writeMedia(
  trx: Transaction<ProductsDatabase>,
  kept: readonly KeptProduct[],
  ids: readonly string[],
): Promise<string[]> {
  const rows = kept.flatMap(({ id, product }) => product.media.map((media, position) => ({ id, ...media, position })));
  const changed = await sql<{ product_id: string }>`
    with given as (
      select * from unnest(${rows.map(({ id }) => id)}::text[], ${rows.map(({ position }) => position)}::smallint[],
                           ${rows.map(({ url }) => url)}::text[], ${rows.map(({ alt }) => alt)}::text[])
        as given (product_id, position, url, alt)
    ), gone as (
      delete from product_media as old where product_id = any (${[...ids]}::text[])
        and not exists (select from given where (given.product_id, given.position) = (old.product_id, old.position))
      returning product_id
    ), added as (
      insert into product_media (product_id, position, url, alt) select * from given
          on conflict (product_id, position) do update set url = excluded.url, alt = excluded.alt
       where (product_media.url, product_media.alt) is distinct from (excluded.url, excluded.alt)
      returning product_id
    )
    select product_id from gone union all select product_id from added`.execute(trx);
  return changed.rows.map(({ product_id }) => product_id);
}
