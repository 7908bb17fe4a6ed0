import type { EntityGroup } from '../planning/executable-plan.ts';
import { collectObjects } from '../planning/flatten-path.ts';
import type { JsonObject } from '../planning/json.ts';
import type { TypeWriter } from '../planning/representation-writer.ts';

/** The distinct representations of a group, and which objects of the data wait for which of them. */
export interface Representations {
  readonly texts: readonly string[];
  /** The texts with commas between, never joined: what is sent is copied together once, as a whole. */
  readonly list: string;
  /** One for each path of the group. */
  readonly targets: readonly Targets[];
}

/** Objects beside the indexes of their representations. */
export interface Targets {
  readonly objects: readonly JsonObject[];
  readonly indexes: readonly number[];
}

/** Where the entities of one runtime type were seen before in this group. */
interface Seen {
  readonly writer: TypeWriter;
  readonly leafKeys: readonly string[] | undefined;
  /** By the first leaf: the index of the entity that has it, or of those that have it. */
  readonly byLeaf: Map<unknown, number | number[]>;
}

interface Collecting {
  readonly group: EntityGroup;
  readonly texts: string[];
  list: string;
  /** The first entity of each representation. */
  readonly firsts: JsonObject[];
  readonly byType: Map<unknown, Seen | undefined>;
  /** Made when the leaves do not tell: hashing the texts takes longer than writing them. */
  byText: Map<string, number> | undefined;
}

// Entities that agree in their first required field and differ in others are rare: beyond this the text decides.
const maxCompared = 8;

/**
 * Finds the entities of a group and writes each distinct representation once. They are told apart by their leaf values: most are
 * repetitions (in the deep query of bench/README.md 191 of 200), which are then never written, and those of a list are all different.
 */
export function collectRepresentations(group: EntityGroup, data: JsonObject): Representations {
  const collecting: Collecting = { group, texts: [], list: '', firsts: [], byType: new Map(), byText: undefined };
  const targets = group.paths.map((path): Targets => {
    const objects: JsonObject[] = [];
    const indexes: number[] = [];
    for (const object of collectObjects(data, path)) {
      const index = indexOf(object, collecting);
      if (index === undefined) continue;
      objects.push(object);
      indexes.push(index);
    }
    return { objects, indexes };
  });
  return { texts: collecting.texts, list: collecting.list, targets };
}

function indexOf(object: JsonObject, collecting: Collecting): number | undefined {
  const seen = seenOf(object.__typename, collecting);
  if (seen === undefined) return undefined;
  const { leafKeys, byLeaf, writer } = seen;
  if (leafKeys === undefined || !haveLeaves(object, leafKeys)) return indexByText(object, writer, collecting);
  const first = object[leafKeys[0] ?? ''];
  const candidates = byLeaf.get(first);
  const known = candidates === undefined ? undefined : findEqual(object, candidates, leafKeys, collecting);
  if (known !== undefined) return known;
  const isFull = typeof candidates === 'object' && candidates.length >= maxCompared;
  // Two types may have one representation: an @interfaceObject calls both by the interface's name.
  const isDistinct = !isFull && collecting.byType.size === 1;
  const index = isDistinct ? add(writer.write(object), object, collecting) : indexByText(object, writer, collecting);
  if (index === undefined || isFull) return index;
  if (candidates === undefined) byLeaf.set(first, index);
  else if (typeof candidates === 'number') byLeaf.set(first, [candidates, index]);
  else candidates.push(index);
  return index;
}

function seenOf(typeName: unknown, { byType, group }: Collecting): Seen | undefined {
  const known = byType.get(typeName);
  if (known !== undefined || byType.has(typeName)) return known;
  const writer = group.write.forType(typeName);
  const made = writer && { writer, leafKeys: writer.leafKeys, byLeaf: new Map<unknown, number | number[]>() };
  byType.set(typeName, made);
  return made;
}

/** A custom scalar may be an object: then two that are not the same may still be written alike. */
function haveLeaves(object: JsonObject, keys: readonly string[]): boolean {
  for (const key of keys) {
    const value = object[key];
    if (typeof value === 'object' && value !== null) return false;
  }
  return true;
}

function findEqual(
  object: JsonObject,
  candidates: number | readonly number[],
  keys: readonly string[],
  { firsts }: Collecting,
): number | undefined {
  if (typeof candidates === 'number') return isEqual(object, firsts[candidates] ?? {}, keys) ? candidates : undefined;
  return candidates.find((candidate) => isEqual(object, firsts[candidate] ?? {}, keys));
}

/** The first key is equal already. */
function isEqual(one: JsonObject, other: JsonObject, keys: readonly string[]): boolean {
  for (let index = 1; index < keys.length; index++) {
    const key = keys[index] ?? '';
    if (one[key] !== other[key]) return false;
  }
  return true;
}

function indexByText(object: JsonObject, writer: TypeWriter, collecting: Collecting): number | undefined {
  const text = writer.write(object);
  if (text === undefined) return undefined;
  collecting.byText ??= new Map(collecting.texts.map((each, index) => [each, index]));
  return collecting.byText.get(text) ?? add(text, object, collecting);
}

/** A representation that was not seen before. */
function add(text: string | undefined, object: JsonObject, collecting: Collecting): number | undefined {
  if (text === undefined) return undefined;
  const index = collecting.texts.push(text) - 1;
  collecting.list += index === 0 ? text : `,${text}`;
  collecting.firsts.push(object);
  collecting.byText?.set(text, index);
  return index;
}
