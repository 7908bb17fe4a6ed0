import { readFile } from 'node:fs/promises';
import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { type SubgraphName, subgraphNames } from './subgraph-names.ts';

/** Where a subgraph of the bench answers, on a server at `port`. */
export function subgraphUrl(name: SubgraphName, port: number): string {
  return `http://127.0.0.1:${port}/${name}`;
}

/** Composes the bench's four subgraphs, served at `port`. Throws with every composition error. */
export async function composeSupergraph(port: number): Promise<string> {
  const services = await Promise.all(
    subgraphNames.map(async (name) => ({
      name,
      url: subgraphUrl(name, port),
      typeDefs: parse(await readFile(new URL(`subgraphs/${name}.graphql`, import.meta.url), 'utf8')),
    })),
  );
  const result = composeServices(services);
  if (result.supergraphSdl === undefined) {
    throw new Error(`The bench's graph does not compose: ${(result.errors ?? []).map(String).join('; ')}`);
  }
  return result.supergraphSdl;
}
