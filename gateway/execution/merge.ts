import { isJsonObject, type JsonObject, readOwn } from '../planning/json.ts';
import type { MergeEntry, MergeTree } from '../planning/merge-tree.ts';

/**
 * Merges what a fetch brought into an object of the response data, reading the asked keys only. `isRepeated` says that this
 * answer was merged into another object before: what may not stand in two parents is then copied.
 */
export function mergeObject(
  target: JsonObject,
  incoming: JsonObject,
  tree: MergeTree,
  isRepeated: boolean,
  interfaceNames: ReadonlySet<string>,
): void {
  for (const entry of tree.entries) {
    const value = entry.isInherited ? readOwn(incoming, entry.key) : incoming[entry.key];
    if (value === undefined) continue;
    const existing = entry.isInherited ? readOwn(target, entry.key) : target[entry.key];
    if (existing === undefined) {
      target[entry.key] = isRepeated && !entry.isShareable ? copyValue(value, entry.children) : value;
    } else if (value !== null && existing !== value) {
      target[entry.key] = mergeValue(existing, value, entry, isRepeated, interfaceNames);
    }
  }
}

function mergeValue(
  existing: unknown,
  value: unknown,
  entry: MergeEntry,
  isRepeated: boolean,
  interfaceNames: ReadonlySet<string>,
): unknown {
  // An @interfaceObject calls every object by the interface's name; the object type's name, once known, stays.
  if (entry.key === '__typename') return interfaceNames.has(String(existing)) ? value : existing;
  if (entry.children === undefined) return value;
  const own = isRepeated ? copyValue(value, entry.children) : value;
  return mergeComposite(existing, own, entry.children, interfaceNames);
}

function mergeComposite(
  existing: unknown,
  value: unknown,
  tree: MergeTree,
  interfaceNames: ReadonlySet<string>,
): unknown {
  if (existing === null || existing === undefined) return value;
  if (Array.isArray(existing) && Array.isArray(value)) {
    if (existing.length !== value.length) return existing;
    for (let index = 0; index < value.length; index++)
      existing[index] = mergeComposite(existing[index], value[index], tree, interfaceNames);
    return existing;
  }
  if (isJsonObject(existing) && isJsonObject(value)) mergeObject(existing, value, tree, false, interfaceNames);
  return existing;
}

/** A deep copy of the asked keys. */
export function copyValue(value: unknown, tree: MergeTree | undefined): unknown {
  if (tree === undefined || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => copyValue(item, tree));
  const copy: JsonObject = {};
  for (const entry of tree.entries) {
    const child = readOwn(value as JsonObject, entry.key);
    if (child !== undefined) copy[entry.key] = copyValue(child, entry.children);
  }
  return copy;
}
