import type { Kysely } from 'kysely';
import type { Tail } from '../../db/change-feed/open-tail.ts';
import type { OrdersDatabase } from '../../db/tables/orders.ts';
import { createSubgraph, type Subgraph, type SubgraphOptions } from '../shared/create-subgraph.ts';
import { type Context, createContext } from './context.ts';
import { resolvers } from './resolvers/resolvers.ts';

export interface OrdersSubgraphOptions {
  readonly db: Kysely<OrdersDatabase>;
  /** schema/subgraphs/orders.graphql */
  readonly sdl: string;
  /** The live end of the change feed, one for all subscriptions; whoever opened it closes it. Without it there are none. */
  readonly tail?: Tail;
  /** A subscription without a change says so after this long: 5 s. */
  readonly heartbeatMs?: number;
  readonly onInternalError: SubgraphOptions<Context>['onInternalError'];
}

/** The owner of orders, and of what is reckoned from them: a channel's sales, a customer's orders. */
export function createOrdersSubgraph(options: OrdersSubgraphOptions): Subgraph {
  const { db, tail, heartbeatMs = 5_000 } = options;
  const live = tail === undefined ? undefined : { tail, heartbeatMs };
  return createSubgraph<Context>({
    name: 'orders',
    sdl: options.sdl,
    resolvers,
    createContext: ({ signal }, caller) => createContext({ db, live, signal, caller }),
    onInternalError: options.onInternalError,
  });
}
