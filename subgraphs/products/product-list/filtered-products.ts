import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { ProductFilter, ProductSearch } from './product-filter.ts';

/** The parts of a statement over the products of a list: `l` is the listing, `p` the product, `found` has the score. */
export interface FilteredProducts {
  /** The common table expressions, from `with` on. */
  readonly tables: RawBuilder<unknown>;
  readonly from: RawBuilder<unknown>;
  readonly where: RawBuilder<SqlBool>;
}

const and = sql` and `;

/** How SQL says which products are in a list: the same for a page of it and for its facets. */
export function filteredProducts(filter: ProductFilter): FilteredProducts {
  const tables: RawBuilder<unknown>[] = [];
  const where = [sql`l.channel_id = ${filter.channelId}`];
  let from = sql`listing l join product p on p.id = l.product_id`;
  if (filter.categoryId !== undefined) {
    tables.push(shelf(filter.categoryId));
    where.push(
      sql`exists (select from product_category c join shelf on shelf.id = c.category_id where c.product_id = p.id)`,
    );
  }
  if (filter.search !== undefined) {
    tables.push(found(filter.search, filter.channelId));
    from = sql`${from} join found on found.product_id = l.product_id`;
  }
  if (filter.changedSince !== undefined) where.push(sql`p.updated_at >= ${filter.changedSince}`);
  return {
    tables: tables.length === 0 ? sql`` : sql`with recursive ${sql.join(tables)}`,
    from,
    where: sql<SqlBool>`${sql.join(where, and)}`,
  };
}

/** A category and all below it. `union` without `all` ends even if a category were to stand below itself. */
function shelf(categoryId: string): RawBuilder<unknown> {
  return sql`shelf (id) as (
    select id from category where id = ${categoryId}
    union
    select category.id from shelf join category on category.parent_id = shelf.id)`;
}

/**
 * The products that a search finds by their own wording or by their wording in the channel, each once with its better score:
 * two halves, because an `or` over two tables uses no index. Scores are whole numbers, so that a cursor compares exactly.
 */
function found(search: ProductSearch, channelId: string): RawBuilder<unknown> {
  const query = sql`(select query from wanted)`;
  // 1 divides by the logarithm of the length: a word of a short text says more about it.
  const score = sql`round(ts_rank(search, ${query}, 1)::numeric * 1000000)::int as score`;
  return sql`
    wanted (query) as materialized (select ${toTsquery(search)}),
    found (product_id, score) as (
      select product_id, max(score) from (
        select id as product_id, ${score} from product where search @@ ${query}
        union all
        select product_id, ${score} from listing where search @@ ${query} and channel_id = ${channelId}
      ) as hit group by product_id)`;
}

function toTsquery({ mode, text, words, excluded }: ProductSearch): RawBuilder<unknown> {
  switch (mode) {
    case 'words':
      return sql`websearch_to_tsquery('english', ${text})`;
    case 'corrected':
      return sql`corrected_query(${[...words]}::text[]) && websearch_to_tsquery('english', ${excluded})`;
    default:
      throw new Error(`${mode satisfies never} is no way to search.`);
  }
}
