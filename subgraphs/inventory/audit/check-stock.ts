import { type Kysely, type Selectable, sql } from 'kysely';
import type { InventoryDatabase, StockAuditTable } from '../../../db/tables/inventory.ts';

export type StockAuditRow = Selectable<StockAuditTable>;

/** An audit reads every movement there is: 60 s are enough for a hundred million of them on a small machine. */
const auditTimeoutMs = 60_000;

/** GraphQL's Int ends here. */
const maxInt = 2_147_483_647;

/**
 * Compares every level with its movements, its open holds and its promises, and every sum of a channel that is in use with its levels, in one
 * snapshot, and notes the result; a sum that differs is named at one of its locations. Repairs nothing.
 * Gives null when another process is at it right now.
 */
export async function checkStock(db: Kysely<InventoryDatabase>): Promise<StockAuditRow | null> {
  return db.transaction().execute(async (trx) => {
    const turn = await sql<{
      mine: boolean;
    }>`select pg_try_advisory_xact_lock(hashtext('stock audit')) as mine`.execute(trx);
    if (turn.rows[0]?.mine !== true) return null;
    await sql`select set_config('statement_timeout', ${`${auditTimeoutMs}`}, true)`.execute(trx);
    const { rows } = await sql<StockAuditRow>`
      with ledger as (
        select sku, location_id, sum(on_hand_change) as on_hand, sum(unavailable_change) as unavailable,
               sum(allocated_change) as allocated, sum(held_change) as held, sum(incoming_change) as incoming,
               sum(safety_stock_change) as safety_stock
          from stock_movement group by sku, location_id
      ), kept as (
        select sku, location_id, sum(quantity) as quantity from stock_hold_line where is_open group by sku, location_id
      ), difference as (
        select sku, location_id, problem, coalesce(expected, 0) as expected, coalesce(actual, 0) as actual
          from stock_level as level
          full join ledger using (sku, location_id)
          full join kept using (sku, location_id)
         cross join lateral (values
           ('ON_HAND', ledger.on_hand, level.on_hand), ('UNAVAILABLE', ledger.unavailable, level.unavailable),
           ('ALLOCATED', ledger.allocated, level.allocated), ('HELD', ledger.held, level.held),
           ('INCOMING', ledger.incoming, level.incoming), ('SAFETY_STOCK', ledger.safety_stock, level.safety_stock),
           ('OPEN_HOLDS', kept.quantity, level.held),
           ('PROMISES', greatest(0, level.on_hand - level.unavailable) + level.shortfall + level.back_ordered, level.allocated + level.held))
           as number (problem, expected, actual)
         where case problem when 'PROMISES' then coalesce(actual, 0) > coalesce(expected, 0)
                            else coalesce(actual, 0) <> coalesce(expected, 0) end
      ), summed as (
        select stock_sum.sku, stock_sum.channel_id, min(level.location_id) as location_id,
               sum(greatest(level.sellable, 0)) as sellable,
               stock_sum.sellable + sum(greatest(level.sellable, 0) - greatest(level.folded_sellable, 0)) as told_sellable,
               sum(greatest(level.sellable - buffer_units, 0)) as on_shelf,
               stock_sum.on_shelf
                 + sum(greatest(level.sellable - buffer_units, 0) - greatest(level.folded_sellable - buffer_units, 0)) as told_on_shelf
          from stock_sum
          join channel_serving as serving on serving.channel_id = stock_sum.channel_id and serving.version = serving_version
          join stock_level as level on level.sku = stock_sum.sku
          join channel_location as place on place.channel_id = stock_sum.channel_id and place.location_id = level.location_id
         group by stock_sum.sku, stock_sum.channel_id
      ), wrong_sum as (
        select sku, location_id, problem || channel_id as problem, expected, actual
          from summed
         cross join lateral (values ('SUM_SELLABLE ', sellable, told_sellable), ('SUM_ON_SHELF ', on_shelf, told_on_shelf))
           as sum (problem, expected, actual)
      ), shown as (
        select * from difference
         union all
        select sku, location_id, problem, least(expected, ${maxInt}), least(actual, ${maxInt}) from wrong_sum where expected <> actual
      )
      insert into stock_audit (checked_at, checked_levels, ledger_mismatches, oversold, unbalanced_holds, differences)
      select now(), (select count(*) from stock_level),
             count(distinct (sku, location_id)) filter (where problem not in ('OPEN_HOLDS', 'PROMISES')),
             count(distinct (sku, location_id)) filter (where problem = 'PROMISES'),
             count(distinct (sku, location_id)) filter (where problem = 'OPEN_HOLDS'),
             coalesce((select jsonb_agg(first) from (
               select sku, location_id as "locationId", problem, expected, actual from shown
                order by sku, location_id, problem limit 100) as first), '[]')
        from difference
      returning *`.execute(trx);
    await sql`delete from stock_audit where checked_at < now() - interval '30 days'`.execute(trx);
    return rows[0] ?? null;
  });
}

/** The last audit, made anew when it is older than `maxAgeMs`. */
export async function findRecentAudit(
  db: Kysely<InventoryDatabase>,
  maxAgeMs: number,
): Promise<StockAuditRow | undefined> {
  const findLast = () => db.selectFrom('stock_audit').selectAll().orderBy('id', 'desc').limit(1).executeTakeFirst();
  const last = await findLast();
  const fresh = await sql<{ fresh: boolean }>`
    select ${last?.checked_at.toISOString() ?? null}::timestamptz > now() - ${maxAgeMs} * interval '1 millisecond' as fresh`.execute(
    db,
  );
  if (last !== undefined && fresh.rows[0]?.fresh === true) return last;
  return (await checkStock(db)) ?? (await findLast());
}
