import type { Kysely } from 'kysely';
import type { OrdersDatabase } from '../../db/tables/orders.ts';
import type { Caller } from '../shared/caller.ts';
import type { Live } from '../shared/follow-feed.ts';
import { createLoaders, type Loaders } from './loaders.ts';

/** What resolvers share while one request runs. */
export interface Context {
  readonly db: Kysely<OrdersDatabase>;
  readonly loaders: Loaders;
  /** Who is asking. */
  readonly caller: Caller;
  /** What subscriptions follow; undefined where there are none. */
  readonly live: Live | undefined;
  readonly signal: AbortSignal;
}

/** A context for one request; its loaders remember what was read, so that it must not serve a second one. */
export function createContext({ db, live, signal, caller }: Omit<Context, 'loaders'>): Context {
  return { db, live, caller, loaders: createLoaders(db, signal), signal };
}
