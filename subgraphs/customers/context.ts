import type { Kysely } from 'kysely';
import type { CustomersDatabase } from '../../db/tables/customers.ts';
import type { Caller } from '../shared/caller.ts';
import { createLoaders, type Loaders } from './loaders.ts';

/** What the resolvers of one request share. */
export interface Context {
  readonly db: Kysely<CustomersDatabase>;
  readonly loaders: Loaders;
  /** Who is asking. */
  readonly caller: Caller;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

/** A context for one request: its loaders remember what was read, so it must not serve a second one. */
export function createContext(db: Kysely<CustomersDatabase>, signal: AbortSignal, caller: Caller): Context {
  return { db, caller, loaders: createLoaders({ db, signal }), signal };
}
