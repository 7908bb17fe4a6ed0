import type { Kysely } from 'kysely';
import type { InventoryDatabase } from '../../db/tables/inventory.ts';
import type { Caller } from '../shared/caller.ts';
import type { Live } from '../shared/follow-feed.ts';
import type { Loaders } from './loaders.ts';
import type { ReservationDesk } from './reservations/reservation-desk.ts';

/** What the resolvers of one request share. */
export interface Context {
  readonly db: Kysely<InventoryDatabase>;
  readonly loaders: Loaders;
  /** Where all reservations of this process queue; outlives the request. */
  readonly desk: ReservationDesk;
  /** Who is asking. */
  readonly caller: Caller;
  /** What subscriptions follow; undefined where there are none. */
  readonly live: Live | undefined;
  /** Aborted when nobody waits for the answer, or listens to the subscription, any more. */
  readonly signal: AbortSignal;
}
