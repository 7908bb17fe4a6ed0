import { type RawBuilder, type Selectable, sql, type Transaction } from 'kysely';
import type { Position } from '../../db/change-feed/position.ts';
import type {
  ChannelQuotaTable,
  InventoryDatabase,
  StockHoldTable,
  StockLevelTable,
  StockTransferTable,
} from '../../db/tables/inventory.ts';
import type { LockedLevel } from './ledger/level.ts';
import type { LevelBook } from './ledger/write-movements.ts';
import { type LevelKey, levelKeyText } from './level-key.ts';
import { isDirty } from './sums/dirty-levels.ts';

/*
 * The only locks of inventory, and their order: levels by SKU and location, then holds by id, then quotas by id, then a
 * transfer. Idempotency keys are claimed before all of them, in key order (shared/idempotency.ts). Every transaction takes them in this
 * order, each kind in one statement, so that two of them never wait for each other in a circle.
 */

/**
 * Locks levels, and those on which the given holds stand. Levels that do not exist are left out. What other transactions
 * committed while we waited is in the answer; sums over other rows are to be read in a later statement.
 */
export async function lockLevels(
  trx: Transaction<InventoryDatabase>,
  keys: readonly LevelKey[],
  holdIds: readonly string[] = [],
): Promise<LevelBook> {
  const { rows } = await sql<Selectable<StockLevelTable>>`
    select stock_level.*
      from stock_level
      join (select sku, location_id
              from unnest(${keys.map((key) => key.sku)}::text[], ${keys.map((key) => key.locationId)}::text[]) as asked (sku, location_id)
             union
            select sku, location_id from stock_hold_line where hold_id = any (${[...holdIds]}::uuid[])) as wanted
           using (sku, location_id)
     order by sku, location_id
       for update of stock_level`.execute(trx);
  return new Map(rows.map((row) => [levelKeyText({ sku: row.sku, locationId: row.location_id }), toLockedLevel(row)]));
}

/** Locks levels, and makes those that do not exist yet, all counters 0. The locations must exist. */
export async function lockOrCreateLevels(
  trx: Transaction<InventoryDatabase>,
  keys: readonly LevelKey[],
): Promise<LevelBook> {
  await sql`
    insert into stock_level (sku, location_id, version)
    select sku, location_id, 0
      from unnest(${keys.map((key) => key.sku)}::text[], ${keys.map((key) => key.locationId)}::text[]) as asked (sku, location_id)
     order by sku, location_id
        on conflict do nothing`.execute(trx);
  return lockLevels(trx, keys);
}

/** Locks holds, by id. Their levels must be locked before. */
export async function lockHolds(
  trx: Transaction<InventoryDatabase>,
  ids: readonly string[],
): Promise<Selectable<StockHoldTable>[]> {
  const { rows } = await sql<Selectable<StockHoldTable>>`
    select * from stock_hold where id = any (${[...ids]}::uuid[]) order by id for update`.execute(trx);
  return rows;
}

/**
 * Locks the quotas that run at `now` for channels and SKUs, and those with the given ids. Levels and holds must be locked before.
 */
export async function lockQuotas(
  trx: Transaction<InventoryDatabase>,
  asked: readonly { readonly channelId: string; readonly sku: string }[],
  ids: readonly number[],
  now: Date,
): Promise<Selectable<ChannelQuotaTable>[]> {
  const { rows } = await sql<Selectable<ChannelQuotaTable>>`
    select * from channel_quota
     where id = any (${[...ids]}::bigint[])
        or (starts_at <= ${now.toISOString()}::timestamptz and ends_at > ${now.toISOString()}::timestamptz
            and (channel_id, sku) in (
              select * from unnest(${asked.map((one) => one.channelId)}::text[], ${asked.map((one) => one.sku)}::text[])))
     order by id
       for update`.execute(trx);
  return rows;
}

/** Locks a transfer that exists. The levels that it goes to must be locked before. */
export async function lockTransfer(
  trx: Transaction<InventoryDatabase>,
  id: string,
): Promise<Selectable<StockTransferTable>> {
  const { rows } = await sql<Selectable<StockTransferTable>>`
    select * from stock_transfer where id = ${id}::uuid for update`.execute(trx);
  const [row] = rows;
  if (row === undefined) throw new Error(`The transfer ${id} is gone.`);
  return row;
}

/** Locks how far alerts have looked at the feed; undefined while somebody else has it. Takes no other lock with it. */
export async function lockAlertProgress(trx: Transaction<InventoryDatabase>): Promise<Position | undefined> {
  const { rows } = await sql<Position>`
    select epoch, number from stock_alert_progress for update skip locked`.execute(trx);
  return rows[0];
}

/**
 * Part of a statement that locks dirty levels of a SKU and gives them as they are now. Leaves out those that somebody else has, so that it
 * waits for nobody, and needs no place in the order above.
 */
export function takeDirtyLevels(sku: string, atMost: number): RawBuilder<unknown> {
  return sql`
    select sku, location_id, sellable, folded_sellable from stock_level
     where ${isDirty(sql`${sku}`)}
     limit ${atMost}::integer
       for update skip locked`;
}

function toLockedLevel(row: Selectable<StockLevelTable>): LockedLevel {
  return {
    sku: row.sku,
    locationId: row.location_id,
    onHand: row.on_hand,
    unavailable: row.unavailable,
    allocated: row.allocated,
    held: row.held,
    incoming: row.incoming,
    safetyStock: row.safety_stock,
    shortfall: row.shortfall,
    backOrdered: row.back_ordered,
    version: row.version,
  };
}
