import { type Kysely, sql, type Transaction } from 'kysely';
import type { Position } from '../../../db/change-feed/position.ts';
import type { InventoryDatabase } from '../../../db/tables/inventory.ts';
import { inTransaction } from '../../../db/transaction.ts';
import { lockAlertProgress } from '../locks.ts';
import { decideAlerts } from './decide-alerts.ts';
import { followThresholds, takeOverThresholds } from './follow-thresholds.ts';
import { isThreshold, readNews } from './read-news.ts';
import type { AlertScope, AlertSubject } from './stock-alert.ts';
import { writeAlerts } from './write-alerts.ts';

/**
 * Looks at what has changed since the last look, and raises, changes and closes alerts by it; gives whether there may be more to look at.
 *
 * Why here and not in the statement that changes a level: what a channel can sell is a sum over levels that no sale locks, so two sales at two
 * shops could each see the other's goods and neither would tell; and a hold's statement is the busiest there is. Here the
 * changes come in the order of the feed, to one at a time, and the place up to which they were looked at moves in the transaction that writes the
 * alerts: a crash repeats nothing and loses nothing, and a crossing is told once.
 */
export async function raiseAlerts(db: Kysely<InventoryDatabase>, signal: AbortSignal): Promise<boolean> {
  if (!(await hasNews(db))) return false;
  return inTransaction(
    db,
    async (trx) => {
      const progress = await lockAlertProgress(trx);
      if (progress === undefined) return false; // another process is at it
      const news = await readNews(trx, progress);
      if (news === undefined) return beginAnew(trx);
      const { changes, position } = news;
      const end = { at: changes.at(-1)?.recordedAt ?? new Date(0), sequence: position.number };
      for (const threshold of changes.filter(isThreshold)) await followThresholds(trx, threshold);
      if (changes.length > 0) await writeAlerts(trx, await decideAlerts(trx, changes, end));
      await moveTo(trx, position);
      return true;
    },
    // One snapshot: a channel's number and its threshold are of the same moment.
    { signal, isolation: 'repeatable read' },
  );
}

/** Most looks find nothing; they cost this one statement. */
async function hasNews(db: Kysely<InventoryDatabase>): Promise<boolean> {
  const { rows } = await sql`
    select from change_feed_state as state, stock_alert_progress as progress
     where (state.epoch, state.last_number) <> (progress.epoch, progress.number)`.execute(db);
  return rows.length > 0;
}

async function moveTo(trx: Transaction<InventoryDatabase>, { epoch, number }: Position): Promise<void> {
  await trx.updateTable('stock_alert_progress').set({ epoch, number }).execute();
}

/** What came before is unknown, after a restore or a long sleep: everything that is watched is looked at as it stands. */
async function beginAnew(trx: Transaction<InventoryDatabase>): Promise<boolean> {
  const { rows } = await sql<Position & { at: Date }>`
    select epoch, last_number as number, clock_timestamp() as at from change_feed_state`.execute(trx);
  const [state] = rows;
  if (state === undefined) throw new Error('change_feed_state has lost its row');
  await takeOverThresholds(trx);
  const subjects = await listAllSubjects(trx);
  await writeAlerts(trx, await decideAlerts(trx, [], { at: state.at, sequence: state.number }, subjects));
  await moveTo(trx, state);
  return true;
}

async function listAllSubjects(trx: Transaction<InventoryDatabase>): Promise<readonly AlertSubject[]> {
  const { rows } = await sql<{ kind: AlertScope['kind']; id: string; sku: string }>`
    select scope_kind as kind, scope_id as id, stock_level.sku from stock_threshold
      join stock_level on location_id = scope_id and stock_threshold.sku in ('', stock_level.sku) where scope_kind = 'LOCATION'
     union
    select scope_kind, scope_id, stock_level.sku from stock_threshold join channel_location on channel_id = scope_id
      join stock_level using (location_id) where scope_kind = 'CHANNEL' and stock_threshold.sku in ('', stock_level.sku)
     union
    select 'LOCATION', location_id, sku from stock_level where shortfall > 0
     union
    select 'CHANNEL', channel_id, sku from channel_quota where used > units and starts_at <= now() and ends_at > now()
     union
    select scope_kind, scope_id, sku from stock_alert where closed_at is null`.execute(trx);
  return rows.map(({ kind, id, sku }) => ({ scope: { kind, id }, sku }));
}
