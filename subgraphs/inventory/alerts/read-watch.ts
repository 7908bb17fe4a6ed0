import { type Selectable, sql, type Transaction } from 'kysely';
import type { InventoryDatabase, StockAlertTable, StockThresholdTable } from '../../../db/tables/inventory.ts';
import { type AlertScope, type AlertSubject, alertSubjectText, type StockAlert, toAlert } from './stock-alert.ts';
import type { Threshold } from './stock-mood.ts';

/** What is known of subjects: the threshold that applies to each, and the alerts that are open. */
export interface Watch {
  thresholdOf(subject: AlertSubject): Threshold | undefined;
  readonly open: readonly StockAlert[];
}

/**
 * Reads it for any number of subjects, in two statements. A location's thresholds are those that the feed has told of so far: its numbers come
 * from there, too. A channel's number is read as it is now, and so are its thresholds, in the same snapshot.
 */
export async function readWatch(
  trx: Transaction<InventoryDatabase>,
  subjects: readonly AlertSubject[],
): Promise<Watch> {
  const distinct = [...new Map(subjects.map((subject) => [alertSubjectText(subject), subject])).values()];
  if (distinct.length === 0) return { thresholdOf: () => undefined, open: [] };
  const asked = sql`
    unnest(${distinct.map(({ scope }) => scope.kind)}::text[], ${distinct.map(({ scope }) => scope.id)}::text[],
           ${distinct.map(({ sku }) => sku)}::text[]) as asked (scope_kind, scope_id, sku)`;
  const thresholds = await sql<Omit<Selectable<StockThresholdTable>, 'version'>>`
    select asked.scope_kind, asked.scope_id, asked.sku, rule.low, rule.margin, rule.back_in_stock_at
      from ${asked}
      join lateral (
        select sku, low, margin, back_in_stock_at from stock_threshold_in_force
         where asked.scope_kind = 'LOCATION' and location_id = asked.scope_id and sku in (asked.sku, '')
         union all
        select sku, low, margin, back_in_stock_at from stock_threshold
         where asked.scope_kind = 'CHANNEL' and scope_kind = 'CHANNEL' and scope_id = asked.scope_id and sku in (asked.sku, '')
         order by sku desc limit 1) as rule on true`.execute(trx);
  const open = await sql<Selectable<StockAlertTable>>`
    select stock_alert.* from ${asked} join stock_alert using (scope_kind, scope_id, sku) where closed_at is null`.execute(
    trx,
  );
  const bySubject = new Map(
    thresholds.rows.map((row) => [
      alertSubjectText({ scope: { kind: row.scope_kind, id: row.scope_id }, sku: row.sku }),
      { low: row.low, margin: row.margin, backInStockAt: row.back_in_stock_at },
    ]),
  );
  return { thresholdOf: (subject) => bySubject.get(alertSubjectText(subject)), open: open.rows.map(toAlert) };
}

/** What a threshold or rule is about: the SKU, or every one of the scope when it is ''. */
export interface Wanted {
  readonly scope: AlertScope;
  readonly sku: string;
}

/**
 * Every number that wanted scopes have: the levels of a location, and the SKUs that a channel's locations know. Those with an open alert are in it
 * too. One statement.
 */
export async function listSubjects(
  trx: Transaction<InventoryDatabase>,
  wanted: readonly Wanted[],
): Promise<readonly AlertSubject[]> {
  if (wanted.length === 0) return [];
  const { rows } = await sql<{ kind: AlertScope['kind']; id: string; sku: string }>`
    with wanted as (
      select * from unnest(${wanted.map(({ scope }) => scope.kind)}::text[], ${wanted.map(({ scope }) => scope.id)}::text[],
                           ${wanted.map(({ sku }) => sku)}::text[]) as wanted (kind, id, sku)
    )
    select wanted.kind, id, stock_level.sku from wanted join stock_level on location_id = id and wanted.sku in ('', stock_level.sku)
     where wanted.kind = 'LOCATION'
     union
    select wanted.kind, id, stock_level.sku from wanted join channel_location on channel_id = id
      join stock_level using (location_id) where wanted.kind = 'CHANNEL' and wanted.sku in ('', stock_level.sku)
     union
    select wanted.kind, wanted.id, stock_alert.sku from wanted join stock_alert on scope_kind = wanted.kind and scope_id = wanted.id
     where closed_at is null and wanted.sku in ('', stock_alert.sku)`.execute(trx);
  return rows.map(({ kind, id, sku }) => ({ scope: { kind, id }, sku }));
}

/** The channels' numbers that changes of levels move, if somebody watches them. One statement. */
export async function listChannelSubjects(
  trx: Transaction<InventoryDatabase>,
  levels: readonly { readonly sku: string; readonly locationId: string }[],
): Promise<readonly AlertSubject[]> {
  if (levels.length === 0) return [];
  const { rows } = await sql<{ channel_id: string; sku: string }>`
    select distinct channel_id, moved.sku
      from unnest(${levels.map(({ sku }) => sku)}::text[], ${levels.map(({ locationId }) => locationId)}::text[])
           as moved (sku, location_id)
      join channel_location using (location_id)
      join stock_threshold on scope_kind = 'CHANNEL' and scope_id = channel_id and stock_threshold.sku in ('', moved.sku)`.execute(
    trx,
  );
  return rows.map((row) => ({ scope: { kind: 'CHANNEL', id: row.channel_id }, sku: row.sku }));
}
