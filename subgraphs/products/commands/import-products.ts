import { type Kysely, sql } from 'kysely';
import type { ProductsDatabase } from '../../../db/tables/products.ts';
import { inTransaction } from '../../../db/transaction.ts';
import { findConflicts } from './import/find-conflicts.ts';
import type { ProductToImport } from './import/product-to-import.ts';
import { writeDetails } from './import/write-details.ts';
import { writeOffers } from './import/write-offers.ts';
import { writeProducts } from './import/write-products.ts';
import { writeVariants } from './import/write-variants.ts';

/** What became of one product. */
export type ProductOutcome =
  | { readonly kind: 'created' | 'changed' | 'unchanged' }
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * Takes a batch of products in one transaction, about ten statements whatever its size. No two may share a source key, a handle, a SKU
 * or a GTIN. The record's own columns, categories, attributes and pictures become what the file says; variants, listings and prices are
 * added or updated, never removed, since orders and stock point to them. The channels must exist.
 */
export async function importProducts(
  db: Kysely<ProductsDatabase>,
  batch: readonly ProductToImport[],
): Promise<ProductOutcome[]> {
  return inTransaction(db, async (trx) => {
    const conflicts = await findConflicts(trx, batch);
    const taken = batch.filter((_, index) => conflicts[index] === undefined);
    const { kept, created, changed } = await writeProducts(trx, taken);
    for (const write of [writeDetails, writeVariants, writeOffers]) {
      for (const id of await write(trx, kept)) changed.add(id);
    }
    const idOf = new Map(kept.map(({ id, product }) => [product, id]));
    return batch.map((product, index) => {
      const reason = conflicts[index];
      if (reason !== undefined) return { kind: 'refused', reason };
      const id = idOf.get(product) ?? '';
      return { kind: created.has(id) ? 'created' : changed.has(id) ? 'changed' : 'unchanged' };
    });
  });
}

/** Those of `skus` that no product has. */
export async function findUnknownSkus(db: Kysely<ProductsDatabase>, skus: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ sku: string }>`
    select asked.sku from unnest(${[...skus]}::text[]) as asked (sku)
     where not exists (select from variant where variant.sku = asked.sku)`.execute(db);
  return rows.map(({ sku }) => sku);
}

/** Every channel with the currency it sells in. */
export async function listChannels(db: Kysely<ProductsDatabase>): Promise<{ id: string; currencyCode: string }[]> {
  const rows = await db.selectFrom('channel').select(['id', 'currency_code']).orderBy('id').execute();
  return rows.map(({ id, currency_code }) => ({ id, currencyCode: currency_code }));
}
