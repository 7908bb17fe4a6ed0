/** The four owners of the graph, each a subgraph with a schema of its own; the order is that of composition. */
export const subgraphNames = ['products', 'inventory', 'orders', 'customers'] as const;

/** The name of a subgraph, which is also the name of its Postgres schema. */
export type SubgraphName = (typeof subgraphNames)[number];
