import type { Kysely } from 'kysely';
import type { InventoryDatabase, StockAlertTable } from '../../../db/tables/inventory.ts';
import { type AlertScope, type StockAlert, toAlert } from '../alerts/stock-alert.ts';

export interface AlertFilter {
  readonly scope: AlertScope | undefined;
  readonly sku: string | undefined;
  readonly kinds: readonly StockAlertTable['kind'][] | undefined;
  readonly isOpen: boolean | undefined;
  /** Goes on behind this one, further into the past. */
  readonly after: number | undefined;
  readonly limit: number;
}

/** An alert, and its place in the list. */
export interface ListedAlert {
  readonly alert: StockAlert;
  readonly place: number;
}

/** Alerts, the latest first, at most `limit`. */
export async function listAlerts(db: Kysely<InventoryDatabase>, filter: AlertFilter): Promise<ListedAlert[]> {
  const { scope, sku, kinds, isOpen, after } = filter;
  let query = db.selectFrom('stock_alert').selectAll();
  if (scope !== undefined) query = query.where('scope_kind', '=', scope.kind).where('scope_id', '=', scope.id);
  if (sku !== undefined) query = query.where('sku', '=', sku);
  if (kinds !== undefined) query = query.where('kind', 'in', [...kinds]);
  if (isOpen !== undefined) query = query.where('closed_at', isOpen ? 'is' : 'is not', null);
  if (after !== undefined) query = query.where('place', '<', after);
  const rows = await query.orderBy('place', 'desc').limit(filter.limit).execute();
  return rows.map((row) => ({ alert: toAlert(row), place: row.place }));
}
