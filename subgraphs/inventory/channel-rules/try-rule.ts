import { type Kysely, sql, type Transaction } from 'kysely';
import type { InventoryDatabase } from '../../../db/tables/inventory.ts';
import { inTransaction } from '../../../db/transaction.ts';
import { runStockCommand, type StockOutcome, type StockRequest } from '../commands/run-stock-command.ts';
import { readAvailability } from '../queries/read-availability.ts';
import type { StockProblem } from '../stock-problem.ts';
import { announceRules, ruleTopic } from './announce-rule.ts';

/** How a rule changes what a channel can sell of a variant. */
export interface RuleChange {
  readonly sku: string;
  readonly before: number;
  readonly after: number;
}

/** What setting a rule came to. `rule` is null when it was removed. */
export type RuleOutcome<Rule> = StockOutcome<{ readonly rule: Rule | null; readonly changes: readonly RuleChange[] }>;

export interface RuleTrial<Rule> {
  readonly channelId: string;
  /** The variant it is about; undefined for all of the channel. */
  readonly sku: string | undefined;
  readonly dryRun: boolean;
  /** Writes the rule; gives it, or what keeps it from being written. */
  readonly write: (
    trx: Transaction<InventoryDatabase>,
  ) => Promise<{ readonly rule: Rule | null } | readonly StockProblem[]>;
}

const maxVariants = 5_000;
const maxChanges = 100;

/** Sets a rule and tells what it changes; a dry run does the very same and rolls it back. */
export async function tryRule<Rule>(
  db: Kysely<InventoryDatabase>,
  trial: RuleTrial<Rule>,
  request: StockRequest,
  signal: AbortSignal,
): Promise<RuleOutcome<Rule>> {
  if (!trial.dryRun) return runStockCommand(db, request, signal, (trx) => setRule(trx, trial));
  try {
    return await inTransaction(
      db,
      async (trx) => {
        throw new DryRunOver(await setRule(trx, trial));
      },
      { signal },
    );
  } catch (error) {
    if (!(error instanceof DryRunOver)) throw error;
    const result = error.result as Awaited<ReturnType<typeof setRule<Rule>>>;
    const isDone = 'done' in result;
    return { done: isDone ? result.done : null, problems: isDone ? [] : result, replayed: false };
  }
}

/** Rolls a dry run back, and carries out what it found. */
class DryRunOver extends Error {
  readonly result: unknown;
  constructor(result: unknown) {
    super('The dry run is over.');
    this.result = result;
  }
}

async function setRule<Rule>(trx: Transaction<InventoryDatabase>, trial: RuleTrial<Rule>) {
  const { channelId } = trial;
  // Two rules of one channel at once would each miss what the other changes.
  await sql`select pg_advisory_xact_lock(hashtext('channel rules'), hashtext(${channelId}))`.execute(trx);
  const served = await trx
    .selectFrom('channel_location')
    .select('location_id')
    .where('channel_id', '=', channelId)
    .limit(1)
    .execute();
  if (served.length === 0) {
    return [{ kind: 'NOT_FOUND', what: 'CHANNEL', path: ['input', 'channel'] }] satisfies readonly StockProblem[];
  }
  const skus = trial.sku === undefined ? await listSkus(trx, channelId) : [trial.sku];
  const keys = skus.map((sku) => ({ sku, channelId }));
  const before = await readAvailability(trx, keys);
  const written = await trial.write(trx);
  if (!('rule' in written)) return written;
  await announceRules(trx, ruleTopic, [{ scopeKind: 'CHANNEL', scopeId: channelId, sku: trial.sku ?? '', version: 0 }]);
  const after = await readAvailability(trx, keys);
  const changes = skus
    .map((sku, i) => ({ sku, before: before[i]?.availableToSell ?? 0, after: after[i]?.availableToSell ?? 0 }))
    .filter((change) => change.before !== change.after)
    .slice(0, maxChanges);
  return { done: { rule: written.rule, changes } };
}

async function listSkus(trx: Transaction<InventoryDatabase>, channelId: string): Promise<readonly string[]> {
  const rows = await trx
    .selectFrom('stock_level')
    .innerJoin('channel_location', 'channel_location.location_id', 'stock_level.location_id')
    .select('sku')
    .distinct()
    .where('channel_id', '=', channelId)
    .where('sellable', '>', 0)
    .orderBy('sku')
    .limit(maxVariants)
    .execute();
  return rows.map((row) => row.sku);
}
