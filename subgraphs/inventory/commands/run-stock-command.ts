import type { Kysely, Transaction } from 'kysely';
import type { InventoryDatabase } from '../../../db/tables/inventory.ts';
import { inTransaction } from '../../../db/transaction.ts';
import { runOnce } from '../../shared/idempotency.ts';
import type { StockProblem } from '../stock-problem.ts';

/** What every stock command needs to know of its request. */
export interface StockRequest {
  readonly idempotencyKey: string;
  readonly fingerprint: string;
  readonly actor: string;
}

/** What a stock command came to; `done` is null when nothing was done, and `problems` say why. */
export interface StockOutcome<Done> {
  readonly done: Done | null;
  readonly problems: readonly StockProblem[];
  readonly replayed: boolean;
}

/** Runs a stock command in a transaction of its own, once for its key. `work` gives what it did, or what kept it from doing anything. */
export async function runStockCommand<Done>(
  db: Kysely<InventoryDatabase>,
  request: StockRequest,
  signal: AbortSignal,
  work: (trx: Transaction<InventoryDatabase>) => Promise<{ readonly done: Done } | readonly StockProblem[]>,
): Promise<StockOutcome<Done>> {
  const once = await inTransaction(
    db,
    (trx) =>
      runOnce(trx, request.idempotencyKey, request.fingerprint, async () => {
        const result = await work(trx);
        return 'done' in result ? { done: result.done, problems: [] } : { done: null, problems: result };
      }),
    { signal },
  );
  if (once.kind === 'KEY_REUSED') {
    const problem = { kind: 'IDEMPOTENCY_KEY_REUSED', path: ['input', 'idempotencyKey'] } as const;
    return { done: null, problems: [problem], replayed: false };
  }
  return { ...once.answer, replayed: once.replayed };
}
