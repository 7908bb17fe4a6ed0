import { sql } from 'kysely';
import type { ProductVariantParent } from '../parents.ts';
import type { Reader } from '../reader.ts';
import { variantColumns } from './variant-columns.ts';

/** Variants by SKU, in the order of the SKUs; undefined where there is none. */
export async function findVariants(
  { db, signal }: Reader,
  skus: readonly string[],
): Promise<(ProductVariantParent | undefined)[]> {
  const rows = await db
    .selectFrom('variant')
    .select(variantColumns)
    .where((eb) => eb('sku', '=', eb.fn.any(eb.val([...skus]))))
    .execute({ signal });
  const bySku = new Map(rows.map((row) => [row.sku, row]));
  return skus.map((sku) => bySku.get(sku));
}

/** Variants by GTIN-14 (see to-gtin14.ts), in the order of the codes; undefined where there is none. */
export async function findVariantsByGtin(
  { db, signal }: Reader,
  gtins: readonly string[],
): Promise<(ProductVariantParent | undefined)[]> {
  const gtin14 = sql<string>`lpad(variant.gtin, 14, '0')`;
  const rows = await db
    .selectFrom('variant')
    .select(variantColumns)
    .select(gtin14.as('gtin14'))
    .where((eb) => eb(gtin14, '=', eb.fn.any(eb.val([...gtins]))))
    .execute({ signal });
  const byGtin = new Map(rows.map(({ gtin14, ...row }) => [gtin14, row]));
  return gtins.map((gtin) => byGtin.get(gtin));
}
