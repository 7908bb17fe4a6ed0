import { setTimeout as delay } from 'node:timers/promises';
import type { IsolationLevel, Kysely, Transaction } from 'kysely';

/** Two transactions could not be put in an order; one was rolled back. */
const serializationFailure = '40001';
/** Two transactions waited for each other; one was rolled back. */
const deadlockDetected = '40P01';

export interface TransactionOptions {
  /** Given up before the next attempt, and between the statements that get it too. */
  readonly signal?: AbortSignal;
  /** Read committed unless said otherwise: our commands lock what they change. */
  readonly isolation?: IsolationLevel;
  /** How often at most, the first time included. */
  readonly attempts?: number;
}

/**
 * Runs `work` in one transaction: everything or nothing. When Postgres rolled it back for the sake of another transaction it is run again,
 * after a random pause that doubles (20, 40, 80 … at most 500 ms), so `work` must have no effect outside of the transaction.
 */
export async function inTransaction<DB, Result>(
  db: Kysely<DB>,
  work: (trx: Transaction<DB>) => Promise<Result>,
  options: TransactionOptions = {},
): Promise<Result> {
  const { signal, isolation, attempts = 6 } = options;
  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted();
    try {
      const builder = db.transaction();
      return await (isolation === undefined ? builder : builder.setIsolationLevel(isolation)).execute(work);
    } catch (error) {
      if (attempt >= attempts || !isWorthRetrying(error)) throw error;
      const pauseMs = Math.min(500, 10 * 2 ** attempt) * (0.5 + Math.random());
      await delay(pauseMs, undefined, signal === undefined ? {} : { signal });
    }
  }
}

function isWorthRetrying(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === serializationFailure || code === deadlockDetected;
}
