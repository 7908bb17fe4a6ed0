import { isJsonObject, type JsonObject, readOwn } from '../planning/json.ts';
import type { ConflationPlaces } from './conflation-places.ts';
import { keyOf } from './item-key.ts';
import type { LiveEvent } from './live-event.ts';
import type { LiveFeed } from './live-feed.ts';

/**
 * Several events in one, for a client that is behind: of the items with one key only the newest, the rest of the newest event, and
 * `extensions.live` saying so. Undefined when they cannot be: the feed does not say how, an event is of another kind or has errors
 * (whose paths name places in its list), or an item has no key.
 */
export function conflateEvents(
  events: readonly LiveEvent[],
  feed: LiveFeed,
  { list: listKey, key: keyPaths, cursor: cursorKey }: ConflationPlaces,
): Buffer | undefined {
  const items = new Map<string, unknown>();
  let newest: { readonly response: JsonObject; readonly rootKey: string; readonly root: JsonObject } | undefined;
  for (const event of events) {
    if (event.hasErrors) return undefined;
    const response: unknown = JSON.parse(event.body.toString('utf8'));
    const data = isJsonObject(response) ? response.data : undefined;
    const [rootKey] = isJsonObject(data) ? Object.keys(data) : [];
    const root = isJsonObject(data) && rootKey !== undefined ? data[rootKey] : undefined;
    if (!isJsonObject(response) || rootKey === undefined || !isJsonObject(root)) return undefined;
    const list = readOwn(root, listKey);
    const isChange = feed.kindField === undefined || event.kind === feed.changesKind;
    if (isChange && !Array.isArray(list)) return undefined;
    if (!isChange && Array.isArray(list) && list.length > 0) return undefined;
    for (const item of Array.isArray(list) ? list : []) {
      const key = keyOf(item, keyPaths);
      if (key === undefined) return undefined;
      items.delete(key); // the newest goes last, as it would without conflation
      items.set(key, item);
    }
    if (isChange || newest === undefined) newest = { response, rootKey, root };
    else if (cursorKey !== undefined) newest.root[cursorKey] = root[cursorKey] ?? newest.root[cursorKey];
  }
  if (newest === undefined) return undefined;
  const { response, rootKey, root } = newest;
  const extensions = { live: { conflated: true, events: events.length } };
  const text = JSON.stringify({
    ...response,
    data: { [rootKey]: { ...root, [listKey]: [...items.values()] } },
    extensions,
  });
  return Buffer.from(text);
}
