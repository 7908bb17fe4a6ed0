import type { Kysely } from 'kysely';
import type { InventoryDatabase } from '../../../db/tables/inventory.ts';
import { type BundlePart, readBundles } from '../bundles/bundle-parts.ts';

/** The parts of variants, in the order of the SKUs; none for one that is no bundle. */
export async function findBundleParts(
  db: Kysely<InventoryDatabase>,
  skus: readonly string[],
): Promise<(readonly BundlePart[])[]> {
  const bundles = await readBundles(db, skus);
  return skus.map((sku) => bundles.get(sku) ?? []);
}
