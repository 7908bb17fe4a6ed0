import { sql, type Transaction } from 'kysely';
import type { Change } from '../../../db/change-feed/position.ts';
import type { InventoryDatabase } from '../../../db/tables/inventory.ts';
import type { ThresholdChangePayload } from '../channel-rules/announce-rule.ts';

/** Puts thresholds of locations in force, as changes tell; each SKU at most once. From here on the feed's numbers are judged by them. */
export async function followThresholds(trx: Transaction<InventoryDatabase>, changes: readonly Change[]): Promise<void> {
  // Of a row from before they said their values: what was set by then was taken over with the table.
  const told = changes.map(({ payload }) => payload as ThresholdChangePayload).filter(({ rule }) => rule !== undefined);
  if (told.length === 0) return;
  const set = told.flatMap(({ scopeId, sku, rule }) => (rule == null ? [] : [{ scopeId, sku, ...rule }]));
  await sql`
    delete from stock_threshold_in_force
     where (location_id, sku) in (
       select * from unnest(${told.map(({ scopeId }) => scopeId)}::text[], ${told.map(({ sku }) => sku)}::text[]))`.execute(
    trx,
  );
  await sql`
    insert into stock_threshold_in_force (location_id, sku, low, margin, back_in_stock_at)
    select * from unnest(
      ${set.map(({ scopeId }) => scopeId)}::text[], ${set.map(({ sku }) => sku)}::text[], ${set.map(({ low }) => low)}::integer[],
      ${set.map(({ margin }) => margin)}::integer[], ${set.map(({ backInStockAt }) => backInStockAt)}::integer[])`.execute(
    trx,
  );
}

/** What came before is unknown: those that are set now are in force. */
export async function takeOverThresholds(trx: Transaction<InventoryDatabase>): Promise<void> {
  await trx.deleteFrom('stock_threshold_in_force').execute();
  await sql`
    insert into stock_threshold_in_force (location_id, sku, low, margin, back_in_stock_at)
    select scope_id, sku, low, margin, back_in_stock_at from stock_threshold where scope_kind = 'LOCATION'`.execute(
    trx,
  );
}
