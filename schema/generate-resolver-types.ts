import { readFile } from 'node:fs/promises';
import { codegen } from '@graphql-codegen/core';
import * as typescript from '@graphql-codegen/typescript';
import * as typescriptResolvers from '@graphql-codegen/typescript-resolvers';
import { parse } from 'graphql';
import { readSubgraphSdl } from './compose.ts';
import type { SubgraphName } from './subgraph-names.ts';

/** Where each subgraph's resolver types are checked in, from the root of the project. */
export function resolverTypesPath(name: SubgraphName): string {
  return `subgraphs/${name}/resolver-types.generated.ts`;
}

/**
 * The types of a subgraph's resolvers, from its SDL. What stands behind each GraphQL type is named in the subgraph's
 * parents.ts: a type `XxxParent` there is what the resolvers of `Xxx` get; types not named there are passed as they are.
 */
export async function generateResolverTypes(name: SubgraphName, parentNames: readonly string[]): Promise<string> {
  const sdl = await readSubgraphSdl(name);
  const config = {
    useTypeImports: true,
    enumsAsTypes: true,
    immutableTypes: true,
    skipTypename: true,
    noSchemaStitching: true,
    federation: true,
    strictScalars: true,
    defaultScalarType: 'unknown',
    inputMaybeValue: 'T | null | undefined',
    optionalResolveType: true,
    contextType: './context.ts#Context',
    scalars: {
      Decimal: 'string',
      CurrencyCode: 'string',
      DateTime: 'Date',
      Date: 'string',
      _Any: 'Record<string, unknown>',

      _FieldSet: 'string',
    },
    mappers: Object.fromEntries(parentNames.map((type) => [type, `./parents.ts#${type}Parent`])),
  };
  return codegen({
    documents: [],
    config,
    filename: resolverTypesPath(name),
    schema: parse(sdl),
    plugins: [{ typescript: {} }, { resolvers: {} }],
    pluginMap: { typescript, resolvers: typescriptResolvers },
  });
}

/** The GraphQL types for which a subgraph's parents.ts says what their resolvers get. */
export async function readParentNames(name: SubgraphName): Promise<string[]> {
  const source = await readFile(new URL(`../subgraphs/${name}/parents.ts`, import.meta.url), 'utf8').catch(() => '');
  return [...source.matchAll(/export (?:interface|type) (\w+)Parent\b/g)].map((match) => match[1] ?? '');
}
