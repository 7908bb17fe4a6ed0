import { compileProduct } from '../convert/compile-product.ts';
import { addToProductGroup, createProductGroup, type ProductGroup, type ProductRow } from '../convert/product-group.ts';
import { RowProblem } from '../convert/row-problem.ts';
import type { ProductsMapping } from '../mapping/mapping.ts';
import { passThrough, type Run } from './run.ts';
import { batchProductGroups } from './take-product-groups.ts';

/** Products of a file whose rows are scattered are held until its end: at about 1 KB each, this many take half a gigabyte. */
const maxProducts = 500_000;

/** Imports products. Rows of one product become one record; each row is taken, merged into an earlier one, or refused. */
export async function importProducts(run: Run, mapping: ProductsMapping, currency: string | undefined): Promise<void> {
  if (run.shares.length === 0) run.report.note('No channel was named (--channel): listings and prices were not taken');
  const readProduct = compileProduct(mapping, currency);
  const { report } = run;
  const batch = batchProductGroups(run, mapping, (group, _record, outcome) => {
    if (outcome.kind !== 'refused') return report.take(group.variants.size);
    for (const { line } of group.variants.values()) report.refuse(line, outcome.reason, group.key);
  });
  const groups = collectProducts(mapping.areScattered);
  await passThrough(run, 'Reading products', { isReported: true }, (row) => {
    const { finished, mergedInto } = groups.add(readProduct(row));
    if (mergedInto !== null) report.merge(row.line, mergedInto);
    return finished === undefined ? undefined : batch.add(finished);
  });
  for (const group of groups.rest()) await batch.add(group);
  await batch.flush();
}

/** Rows on their way to becoming products. */
export interface ProductCollection {
  /** `finished`: the group that no further row will join. @throws RowProblem when the row's product is too large */
  add(row: ProductRow): { readonly finished: ProductGroup | undefined; readonly mergedInto: number | null };
  /** The groups that are left at the end. */
  rest(): Iterable<ProductGroup>;
}

/** Collects rows by product: to the end of the file when they are scattered, else while they stand together. */
export function collectProducts(areScattered: boolean): ProductCollection {
  const groups = new Map<string, ProductGroup>();
  return {
    add: (row) => {
      const known = groups.get(row.key);
      if (known !== undefined) {
        const mergedInto = addToProductGroup(known, row);
        if (mergedInto === undefined) throw new RowProblem('a product of over 1000 variants');
        return { finished: undefined, mergedInto };
      }
      if (groups.size >= maxProducts) throw new Error(`More than ${maxProducts} products in one file: split it`);
      const [finished] = areScattered ? [] : groups.values();
      if (finished !== undefined) groups.clear();
      groups.set(row.key, createProductGroup(row));
      return { finished, mergedInto: null };
    },
    rest: () => groups.values(),
  };
}
