import { readFile } from 'node:fs/promises';
import { composeGraph } from '../../rig/compose-graph.ts';
import { type SubgraphName, subgraphNames } from './subgraph-names.ts';

/** Where a subgraph of the bench answers, on a server at `port`. */
export function subgraphUrl(name: SubgraphName, port: number): string {
  return `http://127.0.0.1:${port}/${name}`;
}

/** Composes the bench's four subgraphs, served at `port`. Throws with every composition error. */
export async function composeSupergraph(port: number): Promise<string> {
  const parts = subgraphNames.map(async (name) => ({
    name,
    url: subgraphUrl(name, port),
    sdl: await readFile(new URL(`subgraphs/${name}.graphql`, import.meta.url), 'utf8'),
  }));
  return composeGraph(await Promise.all(parts));
}
