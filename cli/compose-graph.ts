import { writeFile } from 'node:fs/promises';
import { compose, writeComposed } from '../schema/compose.ts';
import { generateResolverTypes, readParentNames, resolverTypesPath } from '../schema/generate-resolver-types.ts';
import { subgraphNames } from '../schema/subgraph-names.ts';

/** `oneshelf compose`: writes the supergraph, the API schema and each subgraph's resolver types. */
export async function composeGraph(): Promise<void> {
  await writeComposed(await compose());
  for (const name of subgraphNames) {
    const source = await generateResolverTypes(name, await readParentNames(name));
    await writeFile(new URL(`../${resolverTypesPath(name)}`, import.meta.url), source);
  }
  console.log('Wrote schema/supergraph.graphql, schema/api.graphql and the resolver types of the subgraphs.');
}
