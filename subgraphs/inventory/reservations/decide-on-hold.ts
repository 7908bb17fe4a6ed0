import type { Counters } from '../ledger/level.ts';
import type { HoldState } from '../stock-problem.ts';
import type { LockedHold, ReservationCommand, ReservationRequest, Verdict } from './reservation.ts';
import { hasExpired, type ReservationDraft } from './reservation-draft.ts';

type OnHoldCommand = Exclude<ReservationCommand, { kind: 'HOLD' }>;

/** Extends, releases or commits a hold. Of all who try to end one, exactly one does; time ends it too. */
export function decideOnHold(draft: ReservationDraft, command: OnHoldCommand, request: ReservationRequest): Verdict {
  const hold = draft.findHold(command.holdId);
  if (hold === undefined || !request.mayUse(hold)) {
    return { holdId: null, problems: [{ kind: 'NOT_FOUND', what: 'HOLD', path: ['input', 'hold'] }] };
  }
  const state = hasExpired(hold, draft.now) ? 'EXPIRED' : hold.row.state;
  switch (command.kind) {
    case 'EXTEND':
      return state === 'HELD' ? extend(draft, hold, command.minutes) : refuse(hold, state);
    case 'RELEASE':
      // Whoever lets go of what has ended by itself has what they wanted.
      if (state === 'RELEASED' || state === 'EXPIRED') return accept(hold, state);
      return state === 'HELD' ? release(draft, hold, request) : refuse(hold, state);
    case 'COMMIT':
      if (state === 'COMMITTED' && hold.row.reference === command.reference) return accept(hold, state);
      return state === 'HELD' ? commit(draft, hold, command, request) : refuse(hold, state);
    default:
      return command satisfies never;
  }
}

/** Never shortens: whoever asked for longer before keeps it. */
function extend(draft: ReservationDraft, hold: LockedHold, minutes: number): Verdict {
  const until = new Date(draft.now.getTime() + minutes * 60_000);
  if (until <= hold.row.expires_at) return accept(hold, 'HELD');
  return change(draft, hold, { expires_at: until });
}

function release(draft: ReservationDraft, hold: LockedHold, request: ReservationRequest): Verdict {
  closeLines(draft, hold, request, {
    kind: 'RELEASED',
    cause: { kind: 'HOLD', id: hold.row.id },
    changeOf: (quantity) => ({ held: -quantity }),
  });
  return change(draft, hold, { state: 'RELEASED', ended_at: draft.now });
}

function commit(
  draft: ReservationDraft,
  hold: LockedHold,
  command: Extract<OnHoldCommand, { kind: 'COMMIT' }>,
  request: ReservationRequest,
): Verdict {
  const { reference } = command;
  closeLines(
    draft,
    hold,
    request,
    command.as === 'ALLOCATE'
      ? {
          kind: 'ALLOCATED',
          cause: { kind: 'ORDER', id: reference },
          changeOf: (quantity) => ({ held: -quantity, allocated: quantity }),
        }
      : {
          kind: 'SOLD',
          cause: { kind: 'SALE', id: reference },
          changeOf: (quantity) => ({ held: -quantity, onHand: -quantity }),
        },
  );
  return change(draft, hold, { state: 'COMMITTED', reference, ended_at: draft.now });
}

function closeLines(
  draft: ReservationDraft,
  hold: LockedHold,
  request: ReservationRequest,
  how: {
    readonly kind: 'RELEASED' | 'ALLOCATED' | 'SOLD';
    readonly cause: { readonly kind: string; readonly id: string };
    readonly changeOf: (quantity: number) => Partial<Counters>;
  },
): void {
  for (const line of hold.lines.filter(({ isOpen }) => isOpen)) {
    draft.closeLine(hold.row.id, line);
    // What was sold stays counted under the channel's quota.
    if (how.kind === 'RELEASED') draft.countUnderQuota(line.quotaId, -line.quantity);
    draft.move({
      sku: line.sku,
      locationId: line.locationId,
      kind: how.kind,
      quantity: line.quantity,
      change: how.changeOf(line.quantity),
      isFact: false,
      actor: request.actor,
      cause: how.cause,
      occurredAt: draft.now,
    });
  }
}

function change(draft: ReservationDraft, hold: LockedHold, columns: Partial<LockedHold['row']>): Verdict {
  const row = { ...hold.row, ...columns };
  draft.changeHold({ row, lines: draft.findHold(row.id)?.lines ?? hold.lines });
  return { holdId: row.id, problems: [], hold: row };
}

function accept(hold: LockedHold, state: HoldState): Verdict {
  return { holdId: hold.row.id, problems: [], hold: { ...hold.row, state } };
}

function refuse(hold: LockedHold, state: HoldState): Verdict {
  const problem = { kind: 'HOLD_NOT_ACTIVE', state, path: ['input', 'hold'] } as const;
  return { holdId: hold.row.id, problems: [problem], hold: { ...hold.row, state } };
}
