import { type DocumentNode, Kind, valueFromASTUntyped } from 'graphql';
import { shownError } from '../errors.ts';
import { joinIdentity, type LinkedFeature } from './linked-features.ts';

/** Where the supergraph says a subgraph is. */
export interface SubgraphInfo {
  readonly name: string;
  /** May be empty: then the gateway's settings must say where it is. */
  readonly url: string;
}

/** Reads the values of the enum `join__Graph`. Throws when there is none: then nothing could answer. */
export function readSubgraphs(
  document: DocumentNode,
  features: readonly LinkedFeature[],
): ReadonlyMap<string, SubgraphInfo> {
  const alias = features.find(({ identity }) => identity === joinIdentity)?.alias ?? 'join';
  const graphs = document.definitions.find(
    (node) => node.kind === Kind.ENUM_TYPE_DEFINITION && node.name.value === `${alias}__Graph`,
  );
  const subgraphs = new Map<string, SubgraphInfo>();
  for (const value of graphs?.kind === Kind.ENUM_TYPE_DEFINITION ? (graphs.values ?? []) : []) {
    const directive = value.directives?.find(({ name }) => name.value === `${alias}__graph`);
    const read = (argument: string): string => {
      const node = directive?.arguments?.find(({ name }) => name.value === argument);
      const text = node === undefined ? undefined : valueFromASTUntyped(node.value);
      return typeof text === 'string' ? text : '';
    };
    const name = read('name') || value.name.value;
    subgraphs.set(name, { name, url: read('url') });
  }
  if (subgraphs.size === 0) throw shownError('SUPERGRAPH_INVALID', `it names no subgraph in ${alias}__Graph`);
  return subgraphs;
}
