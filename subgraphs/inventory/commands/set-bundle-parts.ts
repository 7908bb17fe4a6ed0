import { type Kysely, sql, type Transaction } from 'kysely';
import type { InventoryDatabase } from '../../../db/tables/inventory.ts';
import type { BundlePart } from '../bundles/bundle-parts.ts';
import type { StockProblem } from '../stock-problem.ts';
import { runStockCommand, type StockOutcome, type StockRequest } from './run-stock-command.ts';

export interface BundleChange {
  readonly sku: string;
  /** Each SKU once; none makes it a variant of its own again. */
  readonly parts: readonly BundlePart[];
  readonly expectedVersion: number | undefined;
}

/** Says what a bundle is made of. Holds that were made before keep the parts that they took. */
export function setBundleParts(
  db: Kysely<InventoryDatabase>,
  { sku, parts, expectedVersion }: BundleChange,
  request: StockRequest,
  signal: AbortSignal,
): Promise<StockOutcome<{ readonly sku: string; readonly parts: readonly BundlePart[]; readonly version: number }>> {
  return runStockCommand(db, request, signal, async (trx) => {
    // Two bundles that are set at once could each become a part of the other.
    await sql`select pg_advisory_xact_lock(hashtext('stock bundles'))`.execute(trx);
    const problems = await findProblems(trx, sku, parts);
    if (problems.length > 0) return problems;
    const current = await trx.selectFrom('stock_bundle').select('version').where('sku', '=', sku).executeTakeFirst();
    const currentVersion = current?.version ?? 0;
    if (expectedVersion !== undefined && expectedVersion !== currentVersion) {
      return [{ kind: 'VERSION_CONFLICT', currentVersion, path: ['input', 'expectedVersion'] }];
    }
    await trx.deleteFrom('stock_bundle').where('sku', '=', sku).execute();
    const version = currentVersion + 1;
    if (parts.length > 0) {
      await trx.insertInto('stock_bundle').values({ sku, version }).execute();
      const rows = parts.map((part) => ({ bundle_sku: sku, part_sku: part.sku, quantity: part.quantity }));
      await trx.insertInto('stock_bundle_part').values(rows).execute();
    }
    return { done: { sku, parts, version } };
  });
}

/** Bundles have no parts that are bundles, and no goods of their own. */
async function findProblems(
  trx: Transaction<InventoryDatabase>,
  sku: string,
  parts: readonly BundlePart[],
): Promise<readonly StockProblem[]> {
  if (parts.length === 0) return [];
  const { rows } = await sql<{ problem: string; sku: string | null }>`
    select 'NESTED' as problem, sku from stock_bundle where sku = any (${parts.map((part) => part.sku)}::text[])
     union all
    select 'IS_PART', null where exists (select from stock_bundle_part where part_sku = ${sku})
     union all
    select 'HAS_STOCK', null where exists (
      select from stock_level where stock_level.sku = ${sku} and (on_hand, allocated, held, incoming) <> (0, 0, 0, 0))`.execute(
    trx,
  );
  return rows.map((row): StockProblem => {
    if (row.problem === 'NESTED') {
      const place = parts.findIndex((part) => part.sku === row.sku);
      return { kind: 'OUT_OF_RANGE', message: 'A part is no bundle.', path: ['input', 'parts', `${place}`, 'sku'] };
    }
    const message =
      row.problem === 'IS_PART'
        ? 'It is a part of another bundle.'
        : 'It lies on shelves itself: count it as its parts first.';
    return { kind: 'OUT_OF_RANGE', message, path: ['input', 'sku'] };
  });
}
