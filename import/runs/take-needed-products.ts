import type { ProductGroup } from '../convert/product-group.ts';
import type { Mapping } from '../mapping/mapping.ts';
import type { Run } from './run.ts';
import { batchProductGroups } from './take-product-groups.ts';

/** What orders must know of their products. */
export interface NeededProducts {
  /** The title of a SKU that this run made or found, for lines that have none of their own. */
  titleOf(sku: string): string | undefined;
  /** Those of `skus` that no product has. */
  findUnknown(skus: readonly string[]): Promise<ReadonlySet<string>>;
}

/** Takes the products that the orders of the file need, so that no line points to a SKU that nobody knows. */
export async function takeNeededProducts(
  run: Run,
  mapping: Mapping,
  groups: Iterable<ProductGroup>,
): Promise<NeededProducts> {
  const titles = new Map<string, string>();
  const { products } = mapping;
  if (products !== undefined && mapping.orders?.createsProducts === true) {
    const batch = batchProductGroups(run, products, (_group, record, outcome) => {
      if (outcome.kind === 'refused') return run.report.note(`A product was refused: ${outcome.reason}`);
      for (const { sku, title } of record.variants) titles.set(sku, title);
    });
    for (const group of groups) await batch.add(group);
    await batch.flush();
  }
  return {
    titleOf: (sku) => titles.get(sku),
    findUnknown: async (skus) => {
      const unsure = skus.filter((sku) => !titles.has(sku));
      return new Set(unsure.length === 0 ? [] : await run.takers.products.findUnknownSkus(unsure));
    },
  };
}
