import { decideHold } from './decide-hold.ts';
import { decideOnHold } from './decide-on-hold.ts';
import type { HoldColumns, ReservationOutcome, ReservationRequest, StockHoldRow } from './reservation.ts';
import { ReservationDraft, type ReservationState } from './reservation-draft.ts';

/**
 * Decides the commands of a batch in the order they came, each on what those before it left: who comes first gets the last
 * one. Gives each its outcome, and the draft of what has to be written.
 */
export function decideReservations(
  state: ReservationState,
  requests: readonly ReservationRequest[],
): { readonly outcomes: readonly ReservationOutcome[]; readonly draft: ReservationDraft } {
  const draft = new ReservationDraft(state);
  return { outcomes: requests.map((request) => decide(draft, request)), draft };
}

function decide(draft: ReservationDraft, request: ReservationRequest): ReservationOutcome {
  const record = draft.findRecord(request.idempotencyKey);
  if (record !== undefined && record.fingerprint !== request.fingerprint) {
    const problem = { kind: 'IDEMPOTENCY_KEY_REUSED', path: ['input', 'idempotencyKey'] } as const;
    return { holdId: null, problems: [problem], replayed: false };
  }
  if (record !== undefined) return { ...record.answer, replayed: true };
  const { command } = request;
  const verdict = command.kind === 'HOLD' ? decideHold(draft, command, request) : decideOnHold(draft, command, request);
  const { holdId, problems, hold } = verdict;
  const left = hold === undefined ? undefined : toColumns(hold);
  draft.newRecords.set(request.idempotencyKey, {
    fingerprint: request.fingerprint,
    answer: { holdId, problems, left },
  });
  return { ...verdict, replayed: false };
}

function toColumns({ state, expires_at, ended_at, reference }: StockHoldRow): HoldColumns {
  return [state, expires_at.toISOString(), ended_at?.toISOString() ?? null, reference];
}
