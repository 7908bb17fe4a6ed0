import type { Kysely } from 'kysely';
import type { CustomersDatabase } from '../../db/tables/customers.ts';
import { createSubgraph, type Subgraph, type SubgraphOptions } from '../shared/create-subgraph.ts';
import { type Context, createContext } from './context.ts';
import { resolvers } from './resolvers/index.ts';

export interface CustomersSubgraphOptions {
  readonly db: Kysely<CustomersDatabase>;
  /** schema/subgraphs/customers.graphql. */
  readonly sdl: string;
  readonly onInternalError: SubgraphOptions<Context>['onInternalError'];
}

/** Who buys: one profile a person, over all channels. */
export function createCustomersSubgraph(options: CustomersSubgraphOptions): Subgraph {
  return createSubgraph<Context>({
    name: 'customers',
    sdl: options.sdl,
    resolvers,
    createContext: ({ signal }, caller) => createContext(options.db, signal, caller),
    onInternalError: options.onInternalError,
  });
}
