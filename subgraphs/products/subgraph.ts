import type { Kysely } from 'kysely';
import type { ProductsDatabase } from '../../db/tables/products.ts';
import { createSubgraph, type Subgraph, type SubgraphOptions } from '../shared/create-subgraph.ts';
import { type Context, createContext } from './context.ts';
import { resolvers } from './resolvers/index.ts';

export interface ProductsSubgraphOptions {
  readonly db: Kysely<ProductsDatabase>;
  /** schema/subgraphs/products.graphql. */
  readonly sdl: string;
  readonly onInternalError: SubgraphOptions<Context>['onInternalError'];
}

/** The catalogue: what is sold, through which channel, at which price. */
export function createProductsSubgraph(options: ProductsSubgraphOptions): Subgraph {
  return createSubgraph<Context>({
    name: 'products',
    sdl: options.sdl,
    resolvers,
    createContext: ({ signal }) => createContext(options.db, signal),
    onInternalError: options.onInternalError,
  });
}
