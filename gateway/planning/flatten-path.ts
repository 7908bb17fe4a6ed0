import { type GraphQLSchema, isAbstractType } from 'graphql';
import { isInheritedKey, isJsonObject, type JsonObject, readOwn } from './json.ts';
import type { PathSegment } from './plan-node.ts';

/** A plan path made ready to walk: type conditions are sets of runtime type names. */
export interface FlattenPath {
  readonly steps: readonly FlattenStep[];
  /** The response keys alone, joined by dots. */
  readonly place: string;
}

export type FlattenStep =
  | { readonly kind: 'field'; readonly key: string; readonly isInherited: boolean; readonly mayRepeat: boolean }
  | { readonly kind: 'list' }
  | { readonly kind: 'types'; readonly typeNames: ReadonlySet<string> };

/** Compiles a plan path; `sharedPlaces` are those where several parents may hold the same object (see merge.ts). */
export function compileFlattenPath(
  path: readonly PathSegment[],
  schema: GraphQLSchema,
  sharedPlaces: ReadonlySet<string>,
): FlattenPath {
  let place = '';
  // The root of the data carries no `__typename`, and a condition on it has been decided by the plan.
  const firstField = path.findIndex((segment) => segment.kind === 'field');
  const steps = path.slice(Math.max(0, firstField)).map((segment): FlattenStep => {
    if (segment.kind === 'list') return segment;
    if (segment.kind === 'types') return { kind: 'types', typeNames: runtimeTypeNames(schema, segment.typeNames) };
    place = place === '' ? segment.key : `${place}.${segment.key}`;
    return {
      kind: 'field',
      key: segment.key,
      isInherited: isInheritedKey(segment.key),
      mayRepeat: sharedPlaces.has(place),
    };
  });
  return { steps, place };
}

/** The names themselves (an @interfaceObject answers with the interface's) and those of all their possible types. */
export function runtimeTypeNames(schema: GraphQLSchema, typeNames: readonly string[]): ReadonlySet<string> {
  const names = new Set(typeNames);
  for (const typeName of typeNames) {
    const type = schema.getType(typeName);
    if (isAbstractType(type)) for (const possible of schema.getPossibleTypes(type)) names.add(possible.name);
  }
  return names;
}

/** Collects the objects at the end of the path, each distinct object once. */
export function collectObjects(root: JsonObject, path: FlattenPath): JsonObject[] {
  const found: JsonObject[] = [];
  walk(root, path.steps, 0, found, new Set());
  return found;
}

function walk(
  value: unknown,
  steps: readonly FlattenStep[],
  at: number,
  found: JsonObject[],
  seen: Set<unknown>,
): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    // A list that the path does not mention is walked all the same: planners differ in how they write `@`.
    const next = steps[at]?.kind === 'list' ? at + 1 : at;
    for (let index = 0; index < value.length; index++) walk(value[index], steps, next, found, seen);
    return;
  }
  let object = value as JsonObject;
  for (let index = at; index < steps.length; index++) {
    const step = steps[index];
    if (step === undefined || step.kind === 'list') return;
    if (step.kind === 'types') {
      if (typeof object.__typename !== 'string' || !step.typeNames.has(object.__typename)) return;
      continue;
    }
    const child = step.isInherited ? readOwn(object, step.key) : object[step.key];
    if (typeof child !== 'object' || child === null) return;
    if (step.mayRepeat) {
      if (seen.has(child)) return;
      seen.add(child);
    }
    if (Array.isArray(child)) {
      walk(child, steps, index + 1, found, seen);
      return;
    }
    object = child as JsonObject;
  }
  found.push(object);
}

/**
 * Visits every place of the response where the path ends, with its client path, repeated objects as often as they appear.
 * For error paths only; `visit` returns false to stop.
 */
export function visitPlaces(
  root: JsonObject,
  path: FlattenPath,
  visit: (object: JsonObject, place: readonly (string | number)[]) => boolean,
): void {
  walkPlaces(root, path.steps, 0, [], visit);
}

function walkPlaces(
  value: unknown,
  steps: readonly FlattenStep[],
  at: number,
  place: (string | number)[],
  visit: (object: JsonObject, place: readonly (string | number)[]) => boolean,
): boolean {
  if (Array.isArray(value)) {
    const next = steps[at]?.kind === 'list' ? at + 1 : at;
    for (let index = 0; index < value.length; index++) {
      place.push(index);
      if (!walkPlaces(value[index], steps, next, place, visit)) return false;
      place.pop();
    }
    return true;
  }
  if (!isJsonObject(value)) return true;
  const step = steps[at];
  if (step === undefined) return visit(value, place);
  if (step.kind === 'list') return true;
  if (step.kind === 'types') {
    if (typeof value.__typename !== 'string' || !step.typeNames.has(value.__typename)) return true;
    return walkPlaces(value, steps, at + 1, place, visit);
  }
  place.push(step.key);
  const goesOn = walkPlaces(readOwn(value, step.key), steps, at + 1, place, visit);
  place.pop();
  return goesOn;
}
