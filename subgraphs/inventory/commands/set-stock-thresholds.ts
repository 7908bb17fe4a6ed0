import { type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import type { InventoryDatabase, StockThresholdTable } from '../../../db/tables/inventory.ts';
import type { AlertScope } from '../alerts/stock-alert.ts';
import type { Threshold } from '../alerts/stock-mood.ts';
import { announceRules, thresholdTopic } from '../channel-rules/announce-rule.ts';
import type { StockProblem } from '../stock-problem.ts';
import { runStockCommand, type StockOutcome, type StockRequest } from './run-stock-command.ts';

/** A threshold to set; `rule` is null to remove it. */
export interface ThresholdChange {
  /** '' for every variant. */
  readonly sku: string;
  readonly rule: Threshold | null;
  readonly expectedVersion: number | undefined;
}

export interface ThresholdChanges {
  readonly scope: AlertScope;
  /** Each SKU at most once. */
  readonly changes: readonly ThresholdChange[];
}

export type StockThresholdRow = Selectable<StockThresholdTable>;

/** Sets and removes thresholds of one location or channel, all or none. Alerts follow as the feed tells of it. */
export function setStockThresholds(
  db: Kysely<InventoryDatabase>,
  { scope, changes }: ThresholdChanges,
  request: StockRequest,
  signal: AbortSignal,
): Promise<StockOutcome<{ readonly thresholds: readonly StockThresholdRow[] }>> {
  return runStockCommand(db, request, signal, async (trx) => {
    if (!(await isKnown(trx, scope))) {
      const path = ['input', scope.kind === 'LOCATION' ? 'location' : 'channel'];
      return [{ kind: 'NOT_FOUND', what: scope.kind, path }];
    }
    // Two writers of one scope's thresholds would each compare with what the other is about to change.
    await sql`select pg_advisory_xact_lock(hashtext('stock thresholds'), hashtext(${`${scope.kind}/${scope.id}`}))`.execute(
      trx,
    );
    const before = await findVersions(trx, scope, changes);
    const problems = changes.flatMap(({ sku, expectedVersion }, i): readonly StockProblem[] => {
      const currentVersion = before.get(sku) ?? 0;
      if (expectedVersion === undefined || expectedVersion === currentVersion) return [];
      return [{ kind: 'VERSION_CONFLICT', currentVersion, path: ['input', 'thresholds', `${i}`, 'expectedVersion'] }];
    });
    if (problems.length > 0) return problems;
    await removeThresholds(trx, scope, changes);
    const thresholds = await writeThresholds(trx, scope, changes);
    // One row: they come in force together.
    const set = changes.map(({ sku, rule }) => ({ sku, rule }));
    await announceRules(trx, thresholdTopic, [{ scopeKind: scope.kind, scopeId: scope.id, sku: '', set, version: 0 }]);
    return { done: { thresholds } };
  });
}

async function isKnown(trx: Transaction<InventoryDatabase>, { kind, id }: AlertScope): Promise<boolean> {
  const found =
    kind === 'LOCATION'
      ? await trx.selectFrom('location').select('id').where('id', '=', id).executeTakeFirst()
      : await trx
          .selectFrom('channel_location')
          .select('channel_id')
          .where('channel_id', '=', id)
          .limit(1)
          .executeTakeFirst();
  return found !== undefined;
}

async function findVersions(
  trx: Transaction<InventoryDatabase>,
  scope: AlertScope,
  changes: readonly ThresholdChange[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await trx
    .selectFrom('stock_threshold')
    .select(['sku', 'version'])
    .where('scope_kind', '=', scope.kind)
    .where('scope_id', '=', scope.id)
    .where(
      'sku',
      'in',
      changes.map(({ sku }) => sku),
    )
    .execute();
  return new Map(rows.map((row) => [row.sku, row.version]));
}

async function removeThresholds(
  trx: Transaction<InventoryDatabase>,
  scope: AlertScope,
  changes: readonly ThresholdChange[],
): Promise<void> {
  await sql`
    delete from stock_threshold
     where scope_kind = ${scope.kind} and scope_id = ${scope.id}
       and sku = any (${changes.filter(({ rule }) => rule === null).map(({ sku }) => sku)}::text[])`.execute(trx);
}

async function writeThresholds(
  trx: Transaction<InventoryDatabase>,
  scope: AlertScope,
  changes: readonly ThresholdChange[],
): Promise<readonly StockThresholdRow[]> {
  const set = changes.flatMap(({ sku, rule }) => (rule === null ? [] : [{ sku, ...rule }]));
  const { rows } = await sql<StockThresholdRow>`
    insert into stock_threshold (scope_kind, scope_id, sku, low, margin, back_in_stock_at)
    select ${scope.kind}, ${scope.id}, * from unnest(
      ${set.map(({ sku }) => sku)}::text[], ${set.map(({ low }) => low)}::integer[],
      ${set.map(({ margin }) => margin)}::integer[], ${set.map(({ backInStockAt }) => backInStockAt)}::integer[])
        on conflict (scope_kind, scope_id, sku) do update
       set low = excluded.low, margin = excluded.margin, back_in_stock_at = excluded.back_in_stock_at,
           version = stock_threshold.version + 1
    returning *`.execute(trx);
  return rows;
}
