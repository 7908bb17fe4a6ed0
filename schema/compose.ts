import { readFile, writeFile } from 'node:fs/promises';
import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { renderContractView } from './contract-view.ts';
import { type SubgraphName, subgraphNames } from './subgraph-names.ts';

/** The composed graph as text: what the gateway serves, what its clients see, and what partners do. */
export interface ComposedSchema {
  readonly supergraph: string;
  readonly api: string;
  /** What partners see of it. */
  readonly partner: string;
}

/** The place of a subgraph that runs by itself on this machine; a gateway may be told another. */
export const defaultSubgraphPorts: Readonly<Record<SubgraphName, number>> = {
  products: 4001,
  inventory: 4002,
  orders: 4003,
  customers: 4004,
};

const schemaFolder = new URL('./', import.meta.url);
const generatedNotice = '# Composed from schema/subgraphs by `npm run compose`. Never edited by hand.\n\n';

/** A subgraph's SDL as written by hand. */
export function readSubgraphSdl(name: SubgraphName): Promise<string> {
  return readFile(new URL(`subgraphs/${name}.graphql`, schemaFolder), 'utf8');
}

/** Composes the four subgraphs; throws with every composition error in the message. */
export async function compose(): Promise<ComposedSchema> {
  const services = await Promise.all(
    subgraphNames.map(async (name) => ({
      name,
      url: `http://127.0.0.1:${defaultSubgraphPorts[name]}/graphql`,
      typeDefs: parse(await readSubgraphSdl(name)),
    })),
  );
  const result = composeServices(services);
  if (result.supergraphSdl === undefined) {
    const reasons = (result.errors ?? []).map((error) => `- ${error.message}`).join('\n');
    throw new Error(`The subgraphs do not compose:\n${reasons}`);
  }
  const partner = renderContractView(result.supergraphSdl, result.publicSdl, 'partner');
  return {
    supergraph: generatedNotice + result.supergraphSdl,
    api: generatedNotice + result.publicSdl,
    partner: `${generatedNotice}${partner}\n`,
  };
}

const composedFiles = {
  supergraph: 'supergraph.graphql',
  api: 'api.graphql',
  partner: 'contracts/partner.graphql',
} as const;

/** Writes schema/supergraph.graphql, schema/api.graphql and schema/contracts/partner.graphql. */
export async function writeComposed(composed: ComposedSchema): Promise<void> {
  await writeFile(new URL(composedFiles.supergraph, schemaFolder), composed.supergraph);
  await writeFile(new URL(composedFiles.api, schemaFolder), composed.api);
  await writeFile(new URL(composedFiles.partner, schemaFolder), composed.partner);
}

/** The composed files as they are checked in; an empty text for one that is missing. */
export async function readComposed(): Promise<ComposedSchema> {
  const read = (file: string) => readFile(new URL(file, schemaFolder), 'utf8').catch(() => '');
  return {
    supergraph: await read(composedFiles.supergraph),
    api: await read(composedFiles.api),
    partner: await read(composedFiles.partner),
  };
}
