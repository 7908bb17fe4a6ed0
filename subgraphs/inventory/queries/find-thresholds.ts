import { type Kysely, type Selectable, sql } from 'kysely';
import type { InventoryDatabase, StockThresholdTable } from '../../../db/tables/inventory.ts';

/** Whose threshold, and of which SKU; '' for the one of all variants. */
export interface ThresholdKey {
  readonly scopeKind: StockThresholdTable['scope_kind'];
  readonly scopeId: string;
  readonly sku: string;
}

/** The thresholds that apply, the SKU's own before the one of all, in the order of the keys: one statement. */
export async function findThresholds(
  db: Kysely<InventoryDatabase>,
  keys: readonly ThresholdKey[],
): Promise<(Selectable<StockThresholdTable> | undefined)[]> {
  const { rows } = await sql<Selectable<StockThresholdTable> & { position: number }>`
    select position, rule.*
      from unnest(${keys.map((key) => key.scopeKind)}::text[], ${keys.map((key) => key.scopeId)}::text[],
                  ${keys.map((key) => key.sku)}::text[]) with ordinality as asked (scope_kind, scope_id, sku, position)
      join lateral (select * from stock_threshold
                     where stock_threshold.scope_kind = asked.scope_kind and stock_threshold.scope_id = asked.scope_id
                       and stock_threshold.sku in (asked.sku, '')
                     order by stock_threshold.sku desc limit 1) as rule on true`.execute(db);
  const byPosition = new Map(rows.map((row) => [row.position - 1, row]));
  return keys.map((_key, i) => byPosition.get(i));
}
