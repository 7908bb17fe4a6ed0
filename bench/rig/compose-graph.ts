import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';

/** A subgraph of a bench, as composition wants it. */
export interface GraphPart {
  readonly name: string;
  readonly url: string;
  readonly sdl: string;
}

/** Composes a bench's subgraphs into a supergraph. Throws with every composition error. */
export function composeGraph(parts: readonly GraphPart[]): string {
  const result = composeServices(parts.map(({ name, url, sdl }) => ({ name, url, typeDefs: parse(sdl) })));
  if (result.supergraphSdl === undefined) {
    throw new Error(`The bench's graph does not compose: ${(result.errors ?? []).map(String).join('; ')}`);
  }
  return result.supergraphSdl;
}
