import type { Kysely } from 'kysely';
import type { InventoryDatabase } from '../../db/tables/inventory.ts';
import { createSubgraph, type Subgraph, type SubgraphOptions } from '../shared/create-subgraph.ts';
import type { Context } from './context.ts';
import { createLoaders } from './loaders.ts';
import { createReservationDesk } from './reservations/reservation-desk.ts';
import { resolvers } from './resolvers/index.ts';

export interface InventorySubgraphOptions {
  readonly db: Kysely<InventoryDatabase>;
  /** schema/subgraphs/inventory.graphql. */
  readonly sdl: string;
  readonly onInternalError: SubgraphOptions<Context>['onInternalError'];
}

/** Until requests carry a signed statement of who is calling, the ledger can only say that it came through the graph. */
const graphActor = 'graph';

/** Where goods are, how many, and what each channel can sell of them. */
export function createInventorySubgraph(options: InventorySubgraphOptions): Subgraph {
  const desk = createReservationDesk(options.db);
  return createSubgraph<Context>({
    name: 'inventory',
    sdl: options.sdl,
    resolvers,
    createContext: ({ signal }) => ({
      db: options.db,
      loaders: createLoaders(options.db),
      desk,
      actor: graphActor,
      signal,
    }),
    onInternalError: options.onInternalError,
  });
}
