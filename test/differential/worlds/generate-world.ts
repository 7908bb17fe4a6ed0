import { createHash } from 'node:crypto';
import {
  buildASTSchema,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  parse,
} from 'graphql';
import type { World, WorldObject } from '../world.ts';

const entitiesPerType = 3;

/**
 * Makes a world out of any supergraph's subgraphs: three entities of each type, every value derived from its place by a hash,
 * so that each subgraph and the merged schema agree without knowing each other.
 */
export function generateWorld(name: string, subgraphs: World['subgraphs'], supergraphSdl: string): World {
  const schema = buildASTSchema(parse(supergraphSdl), { assumeValid: true });
  const keys = readKeyFields(subgraphs);
  const entities = Array.from(keys.keys()).flatMap((typeName) =>
    Array.from({ length: entitiesPerType }, (_none, index) => ({ typeName, index })),
  );
  const words = entities.map(({ typeName, index }) => leafText(`${typeName}${index}.id`)).slice(0, 12);

  function objectAt(type: GraphQLObjectType, place: string): WorldObject {
    const isEntity = keys.has(type.name);
    const own = isEntity ? `${type.name}${hash(place) % entitiesPerType}` : place;
    return createObject(type, own);
  }

  function createObject(type: GraphQLObjectType, place: string): WorldObject {
    const cache = new Map<string, unknown>();
    const target: WorldObject = { __typename: type.name };
    return new Proxy(target, {
      get(_target, field) {
        if (field === '__typename') return type.name;
        if (field === '__place') return place;
        const definition = typeof field === 'string' ? type.getFields()[field] : undefined;
        if (definition === undefined || typeof field !== 'string') return undefined;
        const isKey = keys.get(type.name)?.has(field) === true;
        if (!cache.has(field)) cache.set(field, valueAt(definition.type, `${place}.${field}`, isKey));
        return cache.get(field);
      },
      has: (_target, field) => typeof field === 'string' && field in type.getFields(),
    });
  }

  function valueAt(type: GraphQLOutputType, place: string, isKey: boolean): unknown {
    if (isNonNullType(type)) return valueAt(type.ofType, place, true);
    if (!isKey && hash(place) % 6 === 0) return null;
    if (isListType(type)) {
      return Array.from({ length: hash(place) % 3 }, (_none, index) =>
        valueAt(type.ofType, `${place}.${index}`, false),
      );
    }
    if (isObjectType(type)) return objectAt(type, place);
    if (isAbstractType(type)) {
      const members = schema.getPossibleTypes(type);
      const member = members[hash(place) % members.length];
      return member === undefined ? null : objectAt(member, place);
    }
    if (isEnumType(type)) {
      const values = type.getValues();
      return values[hash(place) % values.length]?.name;
    }
    return leafValue(String(type), place);
  }

  return {
    name,
    subgraphs,
    words,
    beyondPlanners: [],
    createObjects: () =>
      entities.flatMap(({ typeName, index }) => {
        const type = schema.getType(typeName);
        return isObjectType(type) ? [createObject(type, `${typeName}${index}`)] : [];
      }),
    fields: rootFields(schema, valueAt),
  };
}

function rootFields(
  schema: GraphQLSchema,
  valueAt: (type: GraphQLOutputType, place: string, isKey: boolean) => unknown,
): World['fields'] {
  const fields: Record<string, World['fields'][string]> = {};
  for (const root of [schema.getQueryType(), schema.getMutationType()]) {
    for (const field of Object.values(root?.getFields() ?? {})) {
      fields[`${root?.name}.${field.name}`] = ({ args }) =>
        valueAt(field.type, `${root?.name}.${field.name}(${JSON.stringify(args)})`, false);
    }
  }
  return fields;
}

function hash(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0);
}

function leafText(place: string): string {
  return `${place.split('.').at(-1)}-${hash(place).toString(36)}`;
}

function leafValue(typeName: string, place: string): unknown {
  switch (typeName) {
    case 'Int':
      return hash(place) % 1_000;
    case 'Float':
      return (hash(place) % 1_000) / 4;
    case 'Boolean':
      return hash(place) % 2 === 0;
    default:
      return leafText(place);
  }
}

/** The top fields of all keys of each type: they never are null here. */
function readKeyFields(subgraphs: World['subgraphs']): Map<string, Set<string>> {
  const keys = new Map<string, Set<string>>();
  for (const { sdl } of subgraphs) {
    for (const definition of parse(sdl).definitions) {
      if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.OBJECT_TYPE_EXTENSION) continue;
      for (const directive of definition.directives ?? []) {
        const fields = directive.arguments?.find((argument) => argument.name.value === 'fields')?.value;
        if (directive.name.value !== 'key' || fields?.kind !== Kind.STRING) continue;
        const known = keys.get(definition.name.value) ?? new Set();
        keys.set(definition.name.value, known);
        const selection = parse(`{ ${fields.value} }`).definitions[0];
        if (selection?.kind !== Kind.OPERATION_DEFINITION) continue;
        for (const each of selection.selectionSet.selections) if (each.kind === Kind.FIELD) known.add(each.name.value);
      }
    }
  }
  return keys;
}
