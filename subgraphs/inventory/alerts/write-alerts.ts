import { sql, type Transaction } from 'kysely';
import { appendChanges } from '../../../db/change-feed/append.ts';
import type { InventoryDatabase } from '../../../db/tables/inventory.ts';
import { alertScopeText, alertTopic, type StockAlert } from './stock-alert.ts';

/** Writes alerts as their last steps left them, and every step into the feed, in order. */
export async function writeAlerts(trx: Transaction<InventoryDatabase>, steps: readonly StockAlert[]): Promise<void> {
  if (steps.length === 0) return;
  const last = [...new Map(steps.map((step) => [step.id, step])).values()];
  // In the order in which they first appear: of one kind and subject the one that is closed stands before the next, as the index wants it.
  await sql`
    insert into stock_alert (id, kind, scope_kind, scope_id, sku, quantity, threshold, promises, opened_at, closed_at, sequence, version)
    select * from unnest(
      ${last.map(({ id }) => id)}::uuid[], ${last.map(({ kind }) => kind)}::text[],
      ${last.map(({ scope }) => scope.kind)}::text[], ${last.map(({ scope }) => scope.id)}::text[],
      ${last.map(({ sku }) => sku)}::text[], ${last.map(({ quantity }) => quantity)}::integer[],
      ${last.map(({ threshold }) => threshold)}::integer[], ${last.map(({ promises }) => JSON.stringify(promises))}::jsonb[],
      ${last.map(({ openedAt }) => openedAt.toISOString())}::timestamptz[],
      ${last.map(({ closedAt }) => closedAt?.toISOString() ?? null)}::timestamptz[],
      ${last.map(({ sequence }) => sequence)}::bigint[], ${last.map(({ version }) => version)}::integer[])
        on conflict (id) do update set quantity = excluded.quantity, threshold = excluded.threshold, promises = excluded.promises,
           closed_at = excluded.closed_at, sequence = excluded.sequence, version = excluded.version`.execute(trx);
  await appendChanges(
    trx,
    steps.map((step) => ({
      topic: alertTopic,
      scope: alertScopeText(step.scope),
      key: step.id,
      version: step.version,
      payload: step,
    })),
  );
}
