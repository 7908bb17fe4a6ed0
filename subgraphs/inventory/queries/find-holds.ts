import type { Kysely, Selectable } from 'kysely';
import { sql } from 'kysely';
import type { InventoryDatabase, StockHoldLineTable } from '../../../db/tables/inventory.ts';
import type { StockHoldRow } from '../reservations/reservation.ts';

/** Holds by id, in the order of the ids. One whose time is up is EXPIRED, whether or not anybody has noted it. */
export async function findHolds(
  db: Kysely<InventoryDatabase>,
  ids: readonly string[],
): Promise<(StockHoldRow | undefined)[]> {
  const { rows } = await sql<StockHoldRow>`
    select id, case when state = 'HELD' and expires_at <= clock_timestamp() then 'EXPIRED' else state end as state, owner_kind,
           owner_id, customer_id, note, channel_id, actor, created_at, expires_at, ended_at, reference
      from stock_hold where id = any (${[...ids]}::uuid[])`.execute(db);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => byId.get(id.toLowerCase()));
}

/** The lines of holds, by SKU and location, in the order of the ids. */
export async function findHoldLines(
  db: Kysely<InventoryDatabase>,
  ids: readonly string[],
): Promise<Selectable<StockHoldLineTable>[][]> {
  const { rows } = await sql<Selectable<StockHoldLineTable>>`
    select * from stock_hold_line where hold_id = any (${[...ids]}::uuid[]) order by sku, location_id`.execute(db);
  const byHold = Map.groupBy(rows, (row) => row.hold_id);
  return ids.map((id) => byHold.get(id) ?? []);
}
