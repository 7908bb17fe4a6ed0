/**
 * Deals the rows of a batched statement out to its keys. `slot` is the place of the row's key among them, counted from 1
 * as Postgres's WITH ORDINALITY does; each key gets at most its own `limit` rows.
 */
export function groupBySlot<Row extends { readonly slot: number }>(
  rows: readonly Row[],
  keys: readonly { readonly limit: number }[],
): readonly (readonly Row[])[] {
  const bySlot = Map.groupBy(rows, (row) => row.slot);
  return keys.map((key, index) => (bySlot.get(index + 1) ?? []).slice(0, key.limit));
}
