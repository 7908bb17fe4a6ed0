import type { Kysely } from 'kysely';
import type { OrdersDatabase } from '../../db/tables/orders.ts';
import { createSubgraph, type Subgraph, type SubgraphOptions } from '../shared/create-subgraph.ts';
import { type Context, createContext } from './context.ts';
import { resolvers } from './resolvers/resolvers.ts';

/** The owner of orders, and of what is reckoned from them: a channel's sales, a customer's orders. */
export function createOrdersSubgraph(options: {
  readonly db: Kysely<OrdersDatabase>;
  /** schema/subgraphs/orders.graphql */
  readonly sdl: string;
  readonly onInternalError: SubgraphOptions<Context>['onInternalError'];
}): Subgraph {
  return createSubgraph<Context>({
    name: 'orders',
    sdl: options.sdl,
    resolvers,
    createContext: ({ signal }, caller) => createContext(options.db, signal, caller),
    onInternalError: options.onInternalError,
  });
}
