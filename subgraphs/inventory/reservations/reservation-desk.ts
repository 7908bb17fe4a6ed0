import { setImmediate as nextTurn } from 'node:timers/promises';
import { GraphQLError } from 'graphql';
import type { Kysely } from 'kysely';
import type { InventoryDatabase } from '../../../db/tables/inventory.ts';
import { flushReservations } from './flush-reservations.ts';
import type { ReservationOutcome, ReservationRequest } from './reservation.ts';

/** Where all reservations of a process queue. */
export interface ReservationDesk {
  /**
   * The outcome of one command. Throws OVERLOADED when the queue is full, and the signal's reason when it is aborted before
   * its turn; after that, what was begun is finished and stored with its key.
   */
  submit(request: ReservationRequest, signal: AbortSignal): Promise<ReservationOutcome>;
}

export interface ReservationDeskOptions {
  /** How many commands a transaction takes at most. 256: a flush of that many takes some ms, and is nobody's long wait. */
  readonly maxBatch?: number;
  /** How many may wait at most: at 20,000 commands a second, a second's worth. */
  readonly maxWaiting?: number;
}

interface Waiting {
  readonly request: ReservationRequest;
  readonly signal: AbortSignal;
  readonly resolve: (outcome: ReservationOutcome) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * While a batch is on its way to the database, those who come queue; then they go together, first come first served. One caller
 * alone never waits for others. Several processes may have a desk each: the locks of the database decide between them.
 */
export function createReservationDesk(
  db: Kysely<InventoryDatabase>,
  { maxBatch = 256, maxWaiting = 20_000 }: ReservationDeskOptions = {},
): ReservationDesk {
  const waiting: Waiting[] = [];
  let isOpen = false;

  const serve = async (): Promise<void> => {
    isOpen = true;
    // Callers of the same turn of the event loop go into the first batch together.
    await nextTurn();
    while (waiting.length > 0) await serveBatch(db, waiting.splice(0, maxBatch));
    isOpen = false;
  };

  return {
    submit(request, signal) {
      signal.throwIfAborted();
      if (waiting.length >= maxWaiting) throw overloaded();
      return new Promise((resolve, reject) => {
        waiting.push({ request, signal, resolve, reject });
        if (!isOpen) void serve();
      });
    },
  };
}

/** Never rejects: every caller is told its own outcome or error. */
async function serveBatch(db: Kysely<InventoryDatabase>, taken: readonly Waiting[]): Promise<void> {
  const batch = taken.filter((caller) => {
    if (caller.signal.aborted) caller.reject(caller.signal.reason);
    return !caller.signal.aborted;
  });
  if (batch.length === 0) return;
  try {
    const requests = batch.map((caller) => caller.request);
    const outcomes = await flushReservations(db, requests);
    for (const [i, outcome] of outcomes.entries()) batch[i]?.resolve(outcome);
  } catch (error) {
    if (batch.length === 1 || !isDataError(error)) for (const caller of batch) caller.reject(error);
    // One caller's data broke a rule that we should have checked: the others must not suffer for it.
    else for (const caller of batch) await serveBatch(db, [caller]);
  }
}

/** SQLSTATE classes 22 (data exception) and 23 (constraint violation): what was sent is at fault, and sending less may help. */
function isDataError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^2[23]/.test(String(error.code));
}

function overloaded(): GraphQLError {
  return new GraphQLError('Too many reservations wait already. Try again in a moment, with the same idempotencyKey.', {
    extensions: { code: 'OVERLOADED' },
  });
}
