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
 * Products whose own wording, or whose wording in this channel, matches; each once with its better score. Scores are whole
 * numbers (millionths), so that a cursor compares them exactly. Two halves, because an `or` over two tables uses no index.
 */
function found(search: ProductSearch, channelId: string): RawBuilder<unknown> {
  const { matches, score } = search.mode === 'words' ? byWords(search) : bySimilarity(search);
  return sql`found (product_id, score) as (
    select product_id, max(score) from (
      select id as product_id, ${score} as score from product where ${matches}
      union all
      select product_id, ${score} from listing where ${matches} and channel_id = ${channelId}
    ) as hit group by product_id)`;
}

function byWords({ text }: ProductSearch) {
  const query = sql`websearch_to_tsquery('english', ${text})`;
  return {
    matches: sql`search @@ ${query}`,
    // 1 divides by the logarithm of the length: a word of a short text says more about it.
    score: sql`round(ts_rank(search, ${query}, 1)::numeric * 1000000)::int`,
  };
}

/** Each word must resemble a part of the title: `%>` takes a likeness of 0.6, enough for a wrong, missing or swapped letter. */
function bySimilarity({ words }: ProductSearch) {
  const each = words.map((word) => sql`title %> ${word}`);
  const likeness = words.map((word) => sql`word_similarity(${word}, title)`);
  return {
    matches: words.length === 0 ? sql`false` : sql.join(each, and),
    score: words.length === 0 ? sql`0` : sql`round((${sql.join(likeness, sql` + `)})::numeric * 1000000)::int`,
  };
}
