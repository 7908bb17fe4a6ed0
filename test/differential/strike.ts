import { createHash } from 'node:crypto';
import { type FieldDefinitionNode, Kind, parse, type TypeNode } from 'graphql';
import type { World, WorldObject } from './world.ts';

/** Fields that fail at random, the same ones in each subgraph and in the merged schema. Undefined: none do. */
export type Chaos = number | undefined;

/**
 * Whether a field of an object fails in this chaos: with an Error, or with null, which is an error where the type is non-null.
 * One in twelve each. Undefined: it is well.
 */
export function strike(chaos: Chaos, place: string, fieldName: string): { readonly value: Error | null } | undefined {
  if (chaos === undefined) return undefined;
  const draw = createHash('sha256').update(`${chaos} ${place} ${fieldName}`).digest().readUInt32BE(0) % 12;
  if (draw === 0) return { value: new Error(`${fieldName} was struck`) };
  return draw === 1 ? { value: null } : undefined;
}

/** What tells an object from others: where it was made, its id, its place in the world, or its type alone, whose objects then fail together. */
export function placeOf(object: WorldObject, objects: readonly WorldObject[]): string {
  // A generated world makes several objects of one entity.
  if (typeof object.__place === 'string') return object.__place;
  if (typeof object.id === 'string') return `${object.__typename} ${object.id}`;
  const index = objects.indexOf(object);
  return index >= 0 ? String(index) : object.__typename;
}

/**
 * Names of the fields that are left alone, since a gateway can do nothing about their failure. Those that subgraphs need from each
 * other (@key, @requires, @provides): without them an entity cannot be found, or a field be computed. And non-null ones of an
 * @interfaceObject and below it: its subgraph does not know the types, is asked for the fields of all of them, and gives up the
 * whole entity.
 */
export function neededFields({ subgraphs }: Pick<World, 'subgraphs'>): ReadonlySet<string> {
  const known = neededOf.get(subgraphs);
  if (known !== undefined) return known;
  const needed = new Set(subgraphs.flatMap(({ sdl }) => requiredOfInterfaceObjects(sdl)));
  for (const { sdl } of subgraphs) {
    for (const [, fields = ''] of sdl.matchAll(/fields: "([^"]*)"/g)) {
      for (const [name] of fields.matchAll(/[_A-Za-z]\w*/g)) needed.add(name);
    }
  }
  neededOf.set(subgraphs, needed);
  return needed;
}

// Asked for each field of each schema: reading our own graph a thousand times took seconds.
const neededOf = new WeakMap<World['subgraphs'], ReadonlySet<string>>();

function requiredOfInterfaceObjects(sdl: string): string[] {
  const types = new Map<string, readonly FieldDefinitionNode[]>();
  const reached: string[] = [];
  for (const definition of parse(sdl).definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
    types.set(definition.name.value, definition.fields ?? []);
    const isInterfaceObject = definition.directives?.some(({ name }) => name.value === 'interfaceObject') === true;
    if (isInterfaceObject) reached.push(definition.name.value);
  }
  const required = new Set<string>();
  for (const typeName of reached) {
    for (const { name, type } of types.get(typeName) ?? []) {
      if (type.kind === Kind.NON_NULL_TYPE) required.add(name.value);
      const below = namedType(type);
      if (!reached.includes(below)) reached.push(below);
    }
  }
  return [...required];
}

function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}
