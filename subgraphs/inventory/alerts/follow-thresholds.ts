import { sql, type Transaction } from 'kysely';
import type { Change } from '../../../db/change-feed/position.ts';
import type { InventoryDatabase } from '../../../db/tables/inventory.ts';
import type { ThresholdChangePayload } from '../channel-rules/announce-rule.ts';

/** Puts the thresholds of a location in force, as a change tells. From here on the feed's numbers are judged by them. */
export async function followThresholds(trx: Transaction<InventoryDatabase>, { payload }: Change): Promise<void> {
  const { scopeId, set: told } = payload as ThresholdChangePayload;
  // A row from before they said their values: what was set by then was taken over with the table.
  if (told === undefined) return;
  const set = told.flatMap(({ sku, rule }) => (rule === null ? [] : [{ sku, ...rule }]));
  await sql`
    delete from stock_threshold_in_force
     where location_id = ${scopeId} and sku = any (${told.map(({ sku }) => sku)}::text[])`.execute(trx);
  await sql`
    insert into stock_threshold_in_force (location_id, sku, low, margin, back_in_stock_at)
    select ${scopeId}, * from unnest(
      ${set.map(({ sku }) => sku)}::text[], ${set.map(({ low }) => low)}::integer[],
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
