import { createHash } from 'node:crypto';
import { readCursor, readPageSize, toConnection, toCursor } from '../../shared/connection.ts';
import { userInputError } from '../../shared/public-error.ts';
import { readStorableText } from '../../shared/storable-text.ts';
import type { ProductConnectionParent, ProductParent } from '../parents.ts';
import type { Reader } from '../reader.ts';
import type { QueryProductsArgs } from '../resolver-types.generated.ts';
import { type ListedProduct, listProducts } from './list-products.ts';
import type { ProductFilter, SearchMode } from './product-filter.ts';
import { type ProductOrder, type ProductPosition, toProductOrder } from './product-order.ts';
import { readSearch } from './read-search.ts';

/** A page of a list, with the rows it was made of: they know more than the page shows. */
export interface ProductPage {
  readonly connection: ProductConnectionParent;
  readonly rows: readonly ListedProduct[];
}

/**
 * Query.products: reads the arguments, then the page in one statement; a search that finds nothing by its words takes a
 * second one, for words spelt alike. Throws BAD_USER_INPUT as the schema says.
 */
export async function readProductPage(reader: Reader, args: QueryProductsArgs): Promise<ProductPage> {
  const size = readPageSize(args.first, 24);
  const asked = readFilter(args);
  const order = toProductOrder(args.sort ?? 'RELEVANCE', asked.search !== undefined);
  const list = listName(asked, order);
  const cursor = args.after == null ? undefined : readPlace(list, order, asked, args.after);

  let filter = cursor === undefined ? asked : inMode(asked, cursor.mode);
  const read = () => listProducts(reader, { filter, order, after: cursor?.position, limit: size + 1 });
  let rows = await read();
  if (rows.length === 0 && cursor === undefined && asked.search !== undefined) {
    filter = inMode(asked, 'corrected');
    rows = await read();
  }

  const mode = filter.search?.mode ?? 'words';
  const connection = toConnection<ListedProduct, ProductParent>(rows, {
    size,
    isFirstPage: cursor === undefined,
    cursorOf: (row) => toCursor(list, [mode, row.sortKey, row.id]),
    nodeOf: (row) => row,
  });
  return { connection: { ...connection, filter }, rows: rows.slice(0, size) };
}

function readFilter(args: QueryProductsArgs): ProductFilter {
  return {
    channelId: readStorableText(args.channel),
    categoryId: args.category == null ? undefined : readStorableText(args.category),
    changedSince: args.changedSince ?? undefined,
    search: args.search == null ? undefined : readSearch(args.search),
  };
}

function inMode(filter: ProductFilter, mode: SearchMode): ProductFilter {
  return filter.search === undefined ? filter : { ...filter, search: { ...filter.search, mode } };
}

/** Names a list by its order and filter: a cursor of one search is refused in another, where it would skip at random. */
function listName({ channelId, categoryId, changedSince, search }: ProductFilter, order: ProductOrder): string {
  const filter = JSON.stringify([channelId, categoryId, changedSince, search?.text]);
  return `products ${order.name} ${createHash('sha256').update(filter).digest('base64url').slice(0, 12)}`;
}

/** The cursor also says how the first page was found: a second page must go on the same way. */
function readPlace(
  list: string,
  order: ProductOrder,
  filter: ProductFilter,
  cursor: string,
): { readonly mode: SearchMode; readonly position: ProductPosition } {
  const [mode, key, id] = readCursor(list, ['string', order.keyType, 'string'], cursor);
  const position = { key: order.keyType === 'number' ? Number(key) : String(key), id: String(id) };
  const isModeKnown = mode === 'words' || (mode === 'corrected' && filter.search !== undefined);
  if (!isModeKnown || order.isAfter(position) === undefined) throw userInputError('The cursor is not from this list.');
  return { mode, position };
}
