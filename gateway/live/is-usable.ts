import { isJsonObject, readOwn } from '../planning/json.ts';
import type { ConflationPlaces } from './conflation-places.ts';
import { keyOf } from './item-key.ts';

/**
 * Whether an event that has lost a part still tells what has changed: it has its root field, and, where the key of its items is known, each
 * item has its own. `body` is a GraphQL response.
 */
export function isUsable(body: string, places: ConflationPlaces | undefined): boolean {
  const response: unknown = JSON.parse(body);
  const data = isJsonObject(response) ? response.data : undefined;
  const [rootKey] = isJsonObject(data) ? Object.keys(data) : [];
  const root = isJsonObject(data) && rootKey !== undefined ? data[rootKey] : undefined;
  if (!isJsonObject(root)) return false;
  if (places === undefined) return true;
  const list = readOwn(root, places.list);
  return Array.isArray(list) && list.every((item) => keyOf(item, places.key) !== undefined);
}
