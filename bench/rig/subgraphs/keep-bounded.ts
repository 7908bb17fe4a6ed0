/** Adds to a map that holds at most `limit` entries: the oldest leaves. */
export function keepBounded<Key, Value>(map: Map<Key, Value>, key: Key, value: Value, limit: number): void {
  if (map.size >= limit) {
    for (const oldest of map.keys()) {
      map.delete(oldest);
      break;
    }
  }
  map.set(key, value);
}
