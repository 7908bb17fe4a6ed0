import { sql, type Transaction } from 'kysely';
import type { ProductsDatabase } from '../../../../db/tables/products.ts';
import { toGtin14 } from '../../to-gtin14.ts';
import type { ProductToImport } from './product-to-import.ts';

interface Holder {
  readonly kind: 'sku' | 'gtin' | 'handle';
  readonly value: string;
  readonly sku: string | null;
  readonly source: string;
  readonly source_key: string;
}

/**
 * Why each product of a batch cannot be taken: something that is unique is another product's. Undefined where nothing is.
 * Sources do not take over each other's products, even under one SKU: two suppliers may well use the same number for different goods.
 */
export async function findConflicts(
  trx: Transaction<ProductsDatabase>,
  batch: readonly ProductToImport[],
): Promise<(string | undefined)[]> {
  const variants = batch.flatMap((product) => product.variants);
  const gtins = variants.flatMap(({ gtin }) => toGtin14(gtin ?? '') ?? []);
  const { rows } = await sql<Holder>`
    select 'sku' as kind, sku as value, sku, source, source_key from variant join product on product.id = product_id
     where sku = any (${variants.map(({ sku }) => sku)}::text[])
     union all
    select 'gtin', lpad(gtin, 14, '0'), sku, source, source_key from variant join product on product.id = product_id
     where lpad(gtin, 14, '0') = any (${gtins}::text[])
     union all
    select 'handle', handle, null, source, source_key from product
     where handle = any (${batch.map(({ handle }) => handle)}::text[])`.execute(trx);
  const holders = new Map(rows.map((row) => [`${row.kind} ${row.value}`, row]));
  return batch.map((product) => findConflict(product, holders));
}

function findConflict(product: ProductToImport, holders: ReadonlyMap<string, Holder>): string | undefined {
  const isAnothers = (holder: Holder | undefined) =>
    holder !== undefined && (holder.source !== product.source || holder.source_key !== product.sourceKey);
  if (isAnothers(holders.get(`handle ${product.handle}`))) return 'handle: another product has it';
  for (const { sku, gtin } of product.variants) {
    if (isAnothers(holders.get(`sku ${sku}`))) return 'SKU: another product has it';
    const holder = holders.get(`gtin ${toGtin14(gtin ?? '')}`);
    if (holder !== undefined && holder.sku !== sku) return 'GTIN: another variant has it';
  }
  return undefined;
}
