import { type RawBuilder, sql } from 'kysely';

/**
 * Which levels of a SKU have changed since they were folded: a condition on `stock_level`. In the words of an index that holds no others, and that
 * no other index can answer: the primary key, which the planner took when this index had shrunk, reads a thousand rows to find ten.
 */
export function isDirty(sku: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`(stock_level.sku || '') = ${sku} and stock_level.sellable <> stock_level.folded_sellable`;
}
