import { sql } from 'kysely';
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

/** Products of a list in its order, behind a position (exclusive), at most `limit`; none for a position that no row can have. */
export async function listProducts(
  { db, signal }: Reader,
  list: {
    readonly filter: ProductFilter;
    readonly order: ProductOrder;
    readonly after: ProductPosition | undefined;
    readonly limit: number;
  },
): Promise<ListedProduct[]> {
  const { tables, from, where } = filteredProducts(list.filter);
  const isAfter = list.after === undefined ? sql`true` : list.order.isAfter(list.after);
  if (isAfter === undefined) return [];
  const query = sql<ListedProduct>`
    ${tables}
    select p.id, p.handle, p.title, p.description, p.updated_at as "updatedAt", ${list.order.key} as "sortKey",
           l.title as "listingTitle", l.description as "listingDescription"
      from ${from}
     where ${where} and ${isAfter}
     order by ${list.order.orderBy}
     limit ${list.limit}`;
  return (await query.execute(db, { signal })).rows;
}
