import { type Kysely, sql } from 'kysely';
import type { InventoryDatabase } from '../../../db/tables/inventory.ts';

/** What a unit of a variant takes from the shelf. */
export interface BundlePart {
  readonly sku: string;
  readonly quantity: number;
}

/** The parts of those variants that are bundles; by SKU. */
export type Bundles = ReadonlyMap<string, readonly BundlePart[]>;

/** What a unit of a variant takes from the shelf: its parts, or itself. */
export function partsOf(bundles: Bundles, sku: string): readonly BundlePart[] {
  return bundles.get(sku) ?? [{ sku, quantity: 1 }];
}

/** Which of the SKUs are bundles, and of what: one statement for any number. */
export async function readBundles(db: Kysely<InventoryDatabase>, skus: readonly string[]): Promise<Bundles> {
  const { rows } = await sql<{ bundle_sku: string; part_sku: string; quantity: number }>`
    select bundle_sku, part_sku, quantity from stock_bundle_part where bundle_sku = any (${[...new Set(skus)]}::text[])
     order by bundle_sku, part_sku`.execute(db);
  const byBundle = Map.groupBy(rows, (row) => row.bundle_sku);
  return new Map(
    [...byBundle].map(([sku, parts]) => [sku, parts.map((row) => ({ sku: row.part_sku, quantity: row.quantity }))]),
  );
}

/** Lines of goods as the shelf sees them: those of bundles become lines of their parts, and each SKU stands there once. */
export function toPartLines<Line extends { readonly sku: string; readonly quantity: number }>(
  bundles: Bundles,
  lines: readonly Line[],
  keyOf: (line: Line) => string = ({ sku }) => sku,
): readonly Line[] {
  const sums = new Map<string, Line>();
  for (const line of lines) {
    for (const part of partsOf(bundles, line.sku)) {
      const own = { ...line, sku: part.sku, quantity: line.quantity * part.quantity };
      const sum = sums.get(keyOf(own));
      sums.set(keyOf(own), sum === undefined ? own : { ...sum, quantity: sum.quantity + own.quantity });
    }
  }
  return [...sums.values()];
}
