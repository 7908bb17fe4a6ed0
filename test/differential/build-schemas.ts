import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  buildASTSchema,
  type DocumentNode,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  printSchema,
  type SelectionSetNode,
} from 'graphql';
import { type Chaos, neededFields, placeOf, strike } from './strike.ts';
import type { ComputeField, World, WorldObject } from './world.ts';

/** The value of an object in one schema: what the store has, and what a representation brought. */
class View {
  readonly object: WorldObject;
  readonly given: Readonly<Record<string, unknown>>;
  readonly __typename: string;
  constructor(object: WorldObject, given: Readonly<Record<string, unknown>>, typeName: string) {
    this.object = object;
    this.given = given;
    this.__typename = typeName;
  }
}

interface TypeFacts {
  readonly external: Set<string>;
  readonly fields: Set<string>;
  readonly keys: SelectionSetNode[];
}

interface Context {
  readonly objects: readonly WorldObject[];
  readonly chaos: Chaos;
}

/** What a context value must be for every schema made here: fresh data, and which fields fail. */
export function createContext(world: World, chaos?: Chaos): Context {
  return { objects: world.createObjects(), chaos };
}

/** Builds one subgraph: it knows its own fields of each object, and of @external ones only what it was sent. */
export function buildSubgraph(world: World, name: string): GraphQLSchema {
  const sdl = world.subgraphs.find((subgraph) => subgraph.name === name)?.sdl ?? '';
  const document = parse(sdl);
  const facts = readFacts(document);
  const schema = buildSubgraphSchema([
    { typeDefs: document, resolvers: referenceResolvers(world, name, facts) as never },
  ]);
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('_')) continue;
    for (const field of Object.values(type.getFields())) {
      if (field.name.startsWith('_')) continue;
      field.resolve = resolver(world, schema, type.name, (view) => {
        const isExternal = facts.get(type.name)?.external.has(field.name) === true;
        return isExternal && Object.hasOwn(view.given, field.name) ? { value: view.given[field.name] } : undefined;
      });
    }
  }
  return schema;
}

/** Builds the one schema that a client sees, executed by graphql-js without any federation: it decides what is right. */
export function buildMerged(world: World, apiSchema: GraphQLSchema): GraphQLSchema {
  const schema = buildASTSchema(parse(printSchema(apiSchema)));
  const facts = world.subgraphs.map(({ name, sdl }) => ({ name, types: readFacts(parse(sdl)) }));
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    const typeNames = [type.name, ...type.getInterfaces().map((each) => each.name)];
    for (const field of Object.values(type.getFields())) {
      const owners = facts.filter(({ types }) =>
        typeNames.some((typeName) => {
          const known = types.get(typeName);
          return known?.fields.has(field.name) === true && !known.external.has(field.name);
        }),
      );
      field.resolve = resolver(world, schema, type.name, (view) => {
        const missing = view.object.missingIn;
        const isMissing =
          missing !== undefined && owners.length > 0 && owners.every(({ name }) => missing.includes(name));
        return isMissing ? { value: null } : undefined;
      });
    }
  }
  return schema;
}

function resolver(
  world: World,
  schema: GraphQLSchema,
  typeName: string,
  overridden: (view: View) => { readonly value: unknown } | undefined,
): GraphQLFieldResolver<unknown, Context> {
  const needed = neededFields(world);
  return (source, args, context, info) => {
    const view = source instanceof View ? source : new View({ __typename: typeName }, {}, typeName);
    const given = overridden(view);
    if (given) return wrap(given.value, info.returnType, schema);
    // Computed even when it is struck: a mutation that fails has had its effect.
    const value = computed(world, view, info.fieldName, args, context.objects);
    // What requires a field of a subgraph that does not know the entity is not asked for at all, so that it cannot fail.
    const isLeftAlone = needed.has(info.fieldName) || view.object.missingIn !== undefined;
    const struck = isLeftAlone
      ? undefined
      : strike(context.chaos, placeOf(view.object, context.objects), info.fieldName);
    if (struck) return struck.value;
    return wrap(value, info.returnType, schema);
  };

  function wrap(value: unknown, type: unknown, own: GraphQLSchema): unknown {
    if (Array.isArray(value)) return value.map((item) => wrap(item, type, own));
    if (typeof value !== 'object' || value === null || value instanceof Error || value instanceof View) return value;
    const named = getNamedType(type as never);
    if (!isObjectType(named) && !isAbstractType(named)) return value;
    const object = value as WorldObject;
    const concrete = isObjectType(named) ? named.name : object.__typename;
    // A nested part of a representation is given as a whole.
    return new View(object, {}, concrete);
  }
}

function computed(
  world: World,
  view: View,
  fieldName: string,
  args: Readonly<Record<string, unknown>>,
  objects: readonly WorldObject[],
): unknown {
  const compute = findCompute(world, view, fieldName);
  if (compute === undefined) return view.object[fieldName];
  return compute({
    args,
    objects,
    object: view.object,
    read: (field, ownArgs = {}) => {
      if (Object.hasOwn(view.given, field)) return view.given[field];
      const value = computed(world, view, field, ownArgs, objects);
      // What fails arrives as null at whoever requires it.
      return value instanceof Error ? null : value;
    },
  });
}

function findCompute(world: World, view: View, fieldName: string): ComputeField | undefined {
  return (
    world.fields[`${view.__typename}.${fieldName}`] ??
    world.fields[`${view.object.__typename}.${fieldName}`] ??
    world.fields[`*.${fieldName}`]
  );
}

function referenceResolvers(
  world: World,
  subgraph: string,
  facts: ReadonlyMap<string, TypeFacts>,
): Record<string, unknown> {
  const resolvers: Record<string, unknown> = {};
  for (const [typeName, { keys }] of facts) {
    if (keys.length === 0) continue;
    resolvers[typeName] = {
      __resolveReference(reference: Record<string, unknown>, context: Context, info: { schema: GraphQLSchema }) {
        const type = info.schema.getType(typeName);
        const found = context.objects.find(
          (object) => isInstance(world, object, typeName) && keys.some((key) => matches(key, reference, object)),
        );
        if (found === undefined || found.missingIn?.includes(subgraph)) return null;
        return new View(found, reference, isInterfaceType(type) ? found.__typename : typeName);
      },
    };
  }
  return resolvers;
}

/** Interfaces are found by the `implements` of any subgraph. */
function isInstance(world: World, object: WorldObject, typeName: string): boolean {
  if (object.__typename === typeName) return true;
  return world.subgraphs.some(({ sdl }) =>
    new RegExp(`type ${object.__typename} implements [^{@]*\\b${typeName}\\b`).test(sdl),
  );
}

function matches(key: SelectionSetNode, reference: unknown, object: unknown): boolean {
  if (typeof reference !== 'object' || reference === null || typeof object !== 'object' || object === null)
    return false;
  return key.selections.every((selection) => {
    if (selection.kind !== Kind.FIELD) return false;
    const name = selection.name.value;
    if (name === '__typename') return true;
    if (!Object.hasOwn(reference, name)) return false;
    const given = (reference as Record<string, unknown>)[name];
    const stored = (object as Record<string, unknown>)[name];
    if (given === null || stored === null || stored === undefined) return false;
    return selection.selectionSet ? matches(selection.selectionSet, given, stored) : String(given) === String(stored);
  });
}

function readFacts(document: DocumentNode): Map<string, TypeFacts> {
  const facts = new Map<string, TypeFacts>();
  for (const definition of document.definitions) {
    const isType =
      definition.kind === Kind.OBJECT_TYPE_DEFINITION ||
      definition.kind === Kind.OBJECT_TYPE_EXTENSION ||
      definition.kind === Kind.INTERFACE_TYPE_DEFINITION;
    if (!isType) continue;
    const known = facts.get(definition.name.value) ?? { external: new Set(), fields: new Set(), keys: [] };
    facts.set(definition.name.value, known);
    for (const field of definition.fields ?? []) {
      known.fields.add(field.name.value);
      const isExternal = field.directives?.some((directive) => directive.name.value === 'external') === true;
      if (isExternal) known.external.add(field.name.value);
    }
    for (const directive of definition.directives ?? []) {
      const fields = directive.arguments?.find((argument) => argument.name.value === 'fields')?.value;
      if (directive.name.value !== 'key' || fields?.kind !== Kind.STRING) continue;
      const read = parse(`{ ${fields.value} }`).definitions[0];
      if (read?.kind === Kind.OPERATION_DEFINITION) known.keys.push(read.selectionSet);
    }
  }
  return facts;
}
