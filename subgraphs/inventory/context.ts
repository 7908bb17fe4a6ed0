import type { Kysely } from 'kysely';
import type { InventoryDatabase } from '../../db/tables/inventory.ts';
import type { Loaders } from './loaders.ts';

/** What the resolvers of one request share. */
export interface Context {
  readonly db: Kysely<InventoryDatabase>;
  readonly loaders: Loaders;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}
