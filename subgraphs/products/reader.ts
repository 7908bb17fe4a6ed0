import type { Kysely } from 'kysely';
import type { ProductsDatabase } from '../../db/tables/products.ts';

/** What every query needs: where to ask, and when to stop waiting for the answer. */
export interface Reader {
  readonly db: Kysely<ProductsDatabase>;
  readonly signal: AbortSignal;
}
