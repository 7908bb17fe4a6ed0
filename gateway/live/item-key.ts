import { isJsonObject, readOwn } from '../planning/json.ts';
import type { ConflationPlaces } from './conflation-places.ts';

/** The key of an item of a feed's list, as a client sees it; undefined when a part of it is null. */
export function keyOf(item: unknown, paths: ConflationPlaces['key']): string | undefined {
  const values: unknown[] = [];
  for (const path of paths) {
    let value: unknown = item;
    for (const name of path) value = isJsonObject(value) ? readOwn(value, name) : undefined;
    if (value === undefined || value === null) return undefined;
    values.push(value);
  }
  return JSON.stringify(values);
}
