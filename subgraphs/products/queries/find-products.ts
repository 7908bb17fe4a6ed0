import type { ProductParent } from '../parents.ts';
import type { Reader } from '../reader.ts';
import { productColumns } from './product-columns.ts';

/** A product's keys: one of the two, as the schema declares them. */
export type ProductKey = { readonly id: string } | { readonly handle: string };

/** Products by id or handle, in the order of the keys; undefined where there is none. One statement for both kinds of key. */
export async function findProducts(
  { db, signal }: Reader,
  keys: readonly ProductKey[],
): Promise<(ProductParent | undefined)[]> {
  const ids = keys.flatMap((key) => ('id' in key ? [key.id] : []));
  const handles = keys.flatMap((key) => ('handle' in key ? [key.handle] : []));
  const rows = await db
    .selectFrom('product')
    .select(productColumns)
    .where((eb) => eb.or([eb('id', '=', eb.fn.any(eb.val(ids))), eb('handle', '=', eb.fn.any(eb.val(handles)))]))
    .execute({ signal });
  const byId = new Map(rows.map((row) => [row.id, row]));
  const byHandle = new Map(rows.map((row) => [row.handle, row]));
  return keys.map((key) => ('id' in key ? byId.get(key.id) : byHandle.get(key.handle)));
}
