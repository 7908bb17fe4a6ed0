import { readFile } from 'node:fs/promises';
import { composeGraph } from '../../rig/compose-graph.ts';

/** Where the two subgraphs of the live bench answer. */
export interface SubgraphPorts {
  readonly feed: number;
  readonly titles: number;
}

/** What every client subscribes to: each event of one subgraph, with title and price from the other. */
export const changedDocument = `subscription Changed($shelf: ID!, $after: String) {
  changed(shelf: $shelf, after: $after) {
    cursor kind sequence sentAtUs
    levels { version quantity item { id title priceMinor } }
  }
}`;

/** The supergraph of the live bench. */
export async function composeLiveGraph(ports: SubgraphPorts): Promise<string> {
  const part = async (name: keyof SubgraphPorts) => ({
    name,
    url: `http://127.0.0.1:${ports[name]}/${name}`,
    sdl: await readFile(new URL(`${name}.graphql`, import.meta.url), 'utf8'),
  });
  return composeGraph([await part('feed'), await part('titles')]);
}
