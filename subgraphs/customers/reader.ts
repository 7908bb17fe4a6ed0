import type { Kysely } from 'kysely';
import type { CustomersDatabase } from '../../db/tables/customers.ts';

/** What every query needs: where to ask, and when to stop waiting for the answer. */
export interface Reader {
  readonly db: Kysely<CustomersDatabase>;
  readonly signal: AbortSignal;
}
