import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CriticalityLevel, diff } from '@graphql-inspector/core';
import {
  buildSchema,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  Kind,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
  parse,
  visit,
} from 'graphql';
import { describe, expect, test } from 'vitest';
import { compose, readComposed, readSubgraphSdl } from '../../schema/compose.ts';
import { generateResolverTypes, readParentNames, resolverTypesPath } from '../../schema/generate-resolver-types.ts';
import { subgraphNames } from '../../schema/subgraph-names.ts';
import { projectRoot } from './source-files.ts';

describe('the composed schema', () => {
  test('is what the subgraphs compose to today (npm run compose writes it)', async () => {
    expect(await readComposed()).toEqual(await compose());
  });

  test.each(subgraphNames)('resolver types of %s are up to date (npm run compose writes them)', async (name) => {
    const parents = await readParentNames(name);
    expect(readFileSync(join(projectRoot, resolverTypesPath(name)), 'utf8')).toBe(
      await generateResolverTypes(name, parents),
    );
  });

  test('a field that is not for everybody may be null: who may not see it loses that, and nothing around it', () => {
    expect(subgraphNames.flatMap((name) => guardedNonNull(name))).toEqual([]);
  });

  test('breaks no client unless CHANGELOG.md names what it breaks', async () => {
    const released = buildSchema(readFileSync(join(projectRoot, 'schema/released-api.graphql'), 'utf8'));
    const changelog = readFileSync(join(projectRoot, 'CHANGELOG.md'), 'utf8');
    expect(await unannouncedBreaks(released, buildSchema((await compose()).api), changelog)).toEqual([]);
  });

  test('a break is seen, and an announced one is allowed', async () => {
    const before = buildSchema('type Query { a: String b: String }');
    const after = buildSchema('type Query { b: String }');
    expect(await unannouncedBreaks(before, after, '')).toEqual([
      "Query.a: Field 'a' was removed from object type 'Query'",
    ]);
    expect(await unannouncedBreaks(before, after, '- `Query.a` is gone')).toEqual([]);
  });

  test.each(subgraphNames)('every type, field, argument and enum value of %s has a description', async (name) => {
    expect(undescribed(buildSchema(withoutFederation(await readSubgraphSdl(name)), { assumeValidSDL: true }))).toEqual(
      [],
    );
  });

  test('each folder of operations holds documents', () => {
    for (const folder of ['storefront', 'till', 'partner', 'staff']) {
      expect(existsSync(join(projectRoot, 'schema/operations', folder))).toBe(true);
    }
  });
});

async function unannouncedBreaks(before: GraphQLSchema, after: GraphQLSchema, changelog: string): Promise<string[]> {
  const changes = await diff(before, after);
  return changes
    .filter(
      (change) => change.criticality.level === CriticalityLevel.Breaking && !changelog.includes(`\`${change.path}\``),
    )
    .map((change) => `${change.path}: ${change.message}`);
}

/** Mutations and subscriptions are one field each, and what they answer is theirs alone. */
function guardedNonNull(name: string): string[] {
  const found: string[] = [];
  const look = (node: ObjectTypeDefinitionNode | ObjectTypeExtensionNode): void => {
    if (['Mutation', 'Subscription'].includes(node.name.value)) return;
    for (const { name: field, type, directives } of node.fields ?? []) {
      const isGuarded = directives?.some((each) =>
        ['requiresScopes', 'authenticated', 'policy'].includes(each.name.value),
      );
      if (isGuarded && type.kind === Kind.NON_NULL_TYPE) found.push(`${node.name.value}.${field.value}`);
    }
  };
  const sdl = readFileSync(join(projectRoot, `schema/subgraphs/${name}.graphql`), 'utf8');
  visit(parse(sdl), { ObjectTypeDefinition: look, ObjectTypeExtension: look });
  return found;
}

function withoutFederation(sdl: string): string {
  return sdl.replace(/^extend schema(\s+@\w+\([^)]*\))+\n/, '');
}

function undescribed(schema: GraphQLSchema): string[] {
  const missing: string[] = [];
  const need = (path: string, description: string | null | undefined) => {
    if (!description) missing.push(path);
  };
  const entities = new Set(['Product', 'ProductVariant', 'Channel', 'Location', 'Customer', 'Order']);
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__') || ['Query', 'Mutation', 'Subscription'].includes(type.name) === false) {
      if (type.astNode && !type.name.startsWith('__') && !entities.has(type.name)) need(type.name, type.description);
    }
    if (isEnumType(type))
      for (const value of type.getValues()) if (value.astNode) need(`${type.name}.${value.name}`, value.description);
    if (isInputObjectType(type))
      for (const field of Object.values(type.getFields())) need(`${type.name}.${field.name}`, field.description);
    if ((isObjectType(type) || isInterfaceType(type)) && !type.name.startsWith('__')) {
      for (const field of Object.values(type.getFields())) {
        need(`${type.name}.${field.name}`, field.description);
        for (const arg of field.args) need(`${type.name}.${field.name}(${arg.name}:)`, arg.description);
      }
    }
  }
  return missing;
}
