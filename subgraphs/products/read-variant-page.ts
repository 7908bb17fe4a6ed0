import { type Connection, readCursor, readPageSize, toConnection, toCursor } from '../shared/connection.ts';
import { userInputError } from '../shared/public-error.ts';
import type { Loaders } from './loaders.ts';
import type { ProductVariantParent } from './parents.ts';
import type { ProductVariantsArgs } from './resolver-types.generated.ts';

const list = 'variants';
const maxPosition = 2 ** 31 - 1;

/**
 * A page of a product's variants, in the shop's order. Throws BAD_USER_INPUT for a bad size or cursor. The cursor says a
 * place and no product: a page of products asks all of them for what comes after the same one.
 */
export async function readVariantPage(
  loaders: Loaders,
  productId: string,
  page: ProductVariantsArgs,
): Promise<Connection<ProductVariantParent>> {
  const size = readPageSize(page.first, 20);
  const after = page.after == null ? undefined : readPlace(page.after);
  const rows = await loaders.variantsOfProduct.load({ productId, limit: size + 1, after });
  return toConnection<ProductVariantParent>(rows, {
    size,
    isFirstPage: after === undefined,
    cursorOf: (row) => toCursor(list, [row.position, row.sku]),
    nodeOf: (row) => row,
  });
}

function readPlace(cursor: string): { readonly position: number; readonly sku: string } {
  const [first, second] = readCursor(list, ['number', 'string'], cursor);
  const [position, sku] = [Number(first), String(second)];
  if (!Number.isInteger(position) || Math.abs(position) > maxPosition) {
    throw userInputError('The cursor is not from a list of variants.');
  }
  return { position, sku };
}
