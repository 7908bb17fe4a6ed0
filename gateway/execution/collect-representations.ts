import type { EntityGroup } from '../planning/executable-plan.ts';
import { collectObjects } from '../planning/flatten-path.ts';
import type { JsonObject } from '../planning/json.ts';
import type { TypeWriter } from '../planning/representation-writer.ts';

/** The distinct representations of a group, and which objects of the data wait for which of them. */
export interface Representations {
  readonly texts: readonly string[];
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
  /** By the first leaf: the indexes to compare with. */
  readonly byLeaf: Map<unknown, number[]>;
}

interface Collecting {
  readonly group: EntityGroup;
  readonly texts: string[];
  readonly byText: Map<string, number>;
  /** The first entity of each representation. */
  readonly firsts: JsonObject[];
  readonly byType: Map<unknown, Seen | undefined>;
}

// Entities that agree in their first required field and differ in others are rare: beyond this the text decides.
const maxCompared = 8;

/**
 * Finds the entities of a group and writes each distinct representation once. Most are repetitions (in the deep query of
 * bench/README.md 9 of 200 are not), so they are recognised by their leaf values, without writing.
 */
export function collectRepresentations(group: EntityGroup, data: JsonObject): Representations {
  const collecting: Collecting = { group, texts: [], byText: new Map(), firsts: [], byType: new Map() };
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
  return { texts: collecting.texts, targets };
}

function indexOf(object: JsonObject, collecting: Collecting): number | undefined {
  const seen = seenOf(object.__typename, collecting);
  if (seen === undefined) return undefined;
  const { leafKeys } = seen;
  const first = leafKeys === undefined ? undefined : object[leafKeys[0] ?? ''];
  if (leafKeys === undefined || typeof first === 'object') return indexByText(object, seen.writer, collecting);
  const candidates = seen.byLeaf.get(first);
  if (candidates !== undefined) {
    for (const candidate of candidates) {
      if (isEqual(object, collecting.firsts[candidate] ?? {}, leafKeys)) return candidate;
    }
  }
  const index = indexByText(object, seen.writer, collecting);
  if (index === undefined) return undefined;
  if (candidates === undefined) seen.byLeaf.set(first, [index]);
  else if (candidates.length < maxCompared) candidates.push(index);
  return index;
}

function seenOf(typeName: unknown, { byType, group }: Collecting): Seen | undefined {
  const known = byType.get(typeName);
  if (known !== undefined || byType.has(typeName)) return known;
  const writer = group.write.forType(typeName);
  const made = writer && { writer, leafKeys: writer.leafKeys, byLeaf: new Map<unknown, number[]>() };
  byType.set(typeName, made);
  return made;
}

/** Leaf objects (custom scalars) are equal only when they are the same. */
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
  const known = collecting.byText.get(text);
  if (known !== undefined) return known;
  const index = collecting.texts.push(text) - 1;
  collecting.byText.set(text, index);
  collecting.firsts.push(object);
  return index;
}
