import type { Kysely } from 'kysely';
import type { Tail } from '../../db/change-feed/open-tail.ts';
import type { InventoryDatabase } from '../../db/tables/inventory.ts';
import { createSubgraph, type Subgraph, type SubgraphOptions } from '../shared/create-subgraph.ts';
import type { Context } from './context.ts';
import { createLoaders } from './loaders.ts';
import { createReservationDesk, type ReservationDesk } from './reservations/reservation-desk.ts';
import { resolvers } from './resolvers/index.ts';

export interface InventorySubgraphOptions {
  readonly db: Kysely<InventoryDatabase>;
  /** schema/subgraphs/inventory.graphql. */
  readonly sdl: string;
  /** The live end of the change feed, one for all subscriptions; whoever opened it closes it. Without it there are none. */
  readonly tail?: Tail;
  /** A subscription without a change says so after this long: 5 s. */
  readonly heartbeatMs?: number;
  /** Where reservations queue: a desk of the subgraph's own. Benches put other ways to reserve behind the same mutations. */
  readonly desk?: ReservationDesk;
  readonly onInternalError: SubgraphOptions<Context>['onInternalError'];
}

/** Where goods are, how many, and what each channel can sell of them. */
export function createInventorySubgraph(options: InventorySubgraphOptions): Subgraph {
  const { tail, heartbeatMs = 5_000 } = options;
  const desk = options.desk ?? createReservationDesk(options.db);
  const live = tail === undefined ? undefined : { tail, heartbeatMs };
  return createSubgraph<Context>({
    name: 'inventory',
    sdl: options.sdl,
    resolvers,
    createContext: ({ signal }, caller) => ({
      db: options.db,
      loaders: createLoaders(options.db),
      desk,
      caller,
      live,
      signal,
    }),
    onInternalError: options.onInternalError,
  });
}
