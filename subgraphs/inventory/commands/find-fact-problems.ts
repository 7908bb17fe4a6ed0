import type { Transaction } from 'kysely';
import type { InventoryDatabase } from '../../../db/tables/inventory.ts';
import type { StockProblem } from '../stock-problem.ts';

/** What keeps a fact from being recorded: an unknown location, or a time that has not come. Empty when nothing does. */
export async function findFactProblems(
  trx: Transaction<InventoryDatabase>,
  locationId: string,
  times: readonly { readonly at: Date | undefined; readonly path: readonly string[] }[],
  now: Date,
): Promise<readonly StockProblem[]> {
  const location = await trx.selectFrom('location').select('id').where('id', '=', locationId).executeTakeFirst();
  if (location === undefined) return [{ kind: 'NOT_FOUND', what: 'LOCATION', path: ['input', 'location'] }];
  return times
    .filter(({ at }) => at !== undefined && at.getTime() > now.getTime() + clockToleranceMs)
    .map(({ path }) => ({ kind: 'OUT_OF_RANGE', message: 'This is in the future.', path }));
}

/** A till's clock may be a little ahead of the database's; what it says happened in a minute happened now. */
const clockToleranceMs = 60_000;

/** When a fact happened: as told, but never after the database's now. */
export function toPast(at: Date | undefined, now: Date): Date {
  return at === undefined || at > now ? now : at;
}
