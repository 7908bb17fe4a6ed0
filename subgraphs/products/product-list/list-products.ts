import { type RawBuilder, sql } from 'kysely';
import type { ProductParent } from '../parents.ts';
import type { Reader } from '../reader.ts';
import { filteredProducts } from './filtered-products.ts';
import type { ProductFilter } from './product-filter.ts';
import type { ProductOrder, ProductPosition } from './product-order.ts';

/** A product in a list: with its sort key, and with the channel's own wording, which the list read anyway. */
export interface ListedProduct extends ProductParent {
  readonly sortKey: string | number;
  readonly listingTitle: string | null;
  readonly listingDescription: string | null;
}

/** Some rows of a list: behind a position (exclusive), at most `limit`. */
export interface ProductListPart {
  readonly filter: ProductFilter;
  readonly order: ProductOrder;
  readonly after: ProductPosition | undefined;
  readonly limit: number;
}

/** Products of a list in its order; none for a position that no row can have. */
export async function listProducts({ db, signal }: Reader, part: ProductListPart): Promise<readonly ListedProduct[]> {
  const statement = selectProducts(part);
  return statement === undefined ? [] : (await statement.execute(db, { signal })).rows;
}

/** The statement behind listProducts; by itself so that tests can ask Postgres how it goes about it. */
export function selectProducts(part: ProductListPart): RawBuilder<ListedProduct> | undefined {
  const { tables, from, where } = filteredProducts(part.filter);
  const isAfter = part.after === undefined ? sql`true` : part.order.isAfter(part.after);
  if (isAfter === undefined) return undefined;
  return sql<ListedProduct>`
    ${tables}
    select p.id, p.handle, p.title, p.description, p.updated_at as "updatedAt", ${part.order.key} as "sortKey",
           l.title as "listingTitle", l.description as "listingDescription"
      from ${from}
     where ${where} and ${isAfter}
     order by ${part.order.orderBy}
     limit ${part.limit}`;
}
