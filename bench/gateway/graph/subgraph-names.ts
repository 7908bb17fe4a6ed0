/** The subgraphs of the bench: the graph of the public federation benchmark. */
export const subgraphNames = ['accounts', 'inventory', 'products', 'reviews'] as const;

export type SubgraphName = (typeof subgraphNames)[number];
