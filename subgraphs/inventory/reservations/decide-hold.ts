import { randomUUIDv7 } from 'node:crypto';
import { levelKeyText } from '../level-key.ts';
import type { InsufficientStockProblem } from '../stock-problem.ts';
import type {
  HoldLine,
  LockedHold,
  LockedHoldLine,
  ReservationCommand,
  ReservationRequest,
  Verdict,
} from './reservation.ts';
import { quotaLeft, type ReservationDraft } from './reservation-draft.ts';

type HoldCommand = Extract<ReservationCommand, { kind: 'HOLD' }>;

/** Holds all lines or none. */
export function decideHold(draft: ReservationDraft, command: HoldCommand, request: ReservationRequest): Verdict {
  const placed = placeLines(draft, command);
  if (placed.problems.length > 0) return { holdId: null, problems: placed.problems };
  const hold = toHold(draft.now, command, request.actor, placed.lines);
  draft.addHold(hold);
  for (const { sku, locationId, quantity, quotaId } of hold.lines) {
    draft.countUnderQuota(quotaId, quantity);
    draft.move({
      sku,
      locationId,
      kind: 'HELD',
      quantity,
      change: { held: quantity },
      isFact: false,
      actor: request.actor,
      cause: { kind: 'HOLD', id: hold.row.id },
      occurredAt: draft.now,
    });
  }
  return { holdId: hold.row.id, problems: [], hold: hold.row };
}

interface Placement {
  readonly lines: readonly LockedHoldLine[];
  readonly problems: readonly InsufficientStockProblem[];
}

/**
 * Says which level each line is taken from. What one line takes is gone for the next: two lines that would each pass alone do not
 * pass together when there is not enough for both.
 */
function placeLines(draft: ReservationDraft, command: HoldCommand): Placement {
  const taken = new Map<string, LockedHoldLine>();
  const problems: InsufficientStockProblem[] = [];
  const freeAt = (sku: string, locationId: string, wanted: number): number => {
    const already = taken.get(levelKeyText({ sku, locationId }))?.quantity ?? 0;
    return Math.max(0, draft.sellableAt({ sku, locationId }, already + wanted, command.channelId) - already);
  };

  // A line that names its location has no choice: it goes first, whatever its place in the request.
  for (const line of [...command.lines].sort(
    (a, b) => Number(b.locationId !== undefined) - Number(a.locationId !== undefined),
  )) {
    const free = locationsFor(draft, command, line).map((locationId) => ({
      locationId,
      free: freeAt(line.sku, locationId, line.quantity),
    }));
    const quotaId = command.channelId === undefined ? null : (draft.findQuota(command.channelId, line.sku)?.id ?? null);
    const whole = free.find((place) => place.free >= line.quantity);
    let wanted = line.quantity;
    for (const place of whole === undefined ? free : [whole]) {
      const quantity = Math.min(wanted, place.free);
      if (quantity === 0) continue;
      wanted -= quantity;
      take(taken, { sku: line.sku, locationId: place.locationId, quantity, isOpen: true, quotaId });
    }
    if (wanted > 0) problems.push(toProblem(command, line, line.quantity - wanted));
  }
  problems.push(...findQuotaProblems(draft, command));
  return { lines: [...taken.values()], problems };
}

/** Quotas are per SKU, wherever it is taken from: all lines of a SKU count together. */
function findQuotaProblems(
  draft: ReservationDraft,
  { lines, channelId }: HoldCommand,
): readonly InsufficientStockProblem[] {
  if (channelId === undefined) return [];
  return [...Map.groupBy(lines, ({ sku }) => sku)].flatMap(([sku, [first, ...others]]) => {
    const quota = draft.findQuota(channelId, sku);
    if (quota === undefined || first === undefined) return [];
    const quantity = others.reduce((sum, line) => sum + line.quantity, first.quantity);
    const left = quotaLeft(quota);
    if (quantity <= left) return [];
    return [
      {
        kind: 'INSUFFICIENT_STOCK',
        sku,
        locationId: first.locationId ?? null,
        channelId,
        quantity,
        availableToSell: left,
        path: first.path,
      },
    ];
  });
}

function locationsFor(draft: ReservationDraft, command: HoldCommand, line: HoldLine): readonly string[] {
  if (line.locationId !== undefined) return [line.locationId];
  return command.channelId === undefined ? [] : draft.candidatesFor(command.channelId, line.sku);
}

function take(taken: Map<string, LockedHoldLine>, line: LockedHoldLine): void {
  const key = levelKeyText(line);
  taken.set(key, { ...line, quantity: line.quantity + (taken.get(key)?.quantity ?? 0) });
}

function toProblem(command: HoldCommand, line: HoldLine, availableToSell: number): InsufficientStockProblem {
  return {
    kind: 'INSUFFICIENT_STOCK',
    sku: line.sku,
    locationId: line.locationId ?? null,
    channelId: command.channelId ?? null,
    quantity: line.quantity,
    availableToSell,
    path: line.path,
  };
}

function toHold(now: Date, command: HoldCommand, actor: string, lines: readonly LockedHoldLine[]): LockedHold {
  const { owner } = command;
  const row = {
    id: randomUUIDv7(),
    state: 'HELD',
    owner_kind: owner.kind,
    owner_id: owner.id,
    customer_id: owner.customerId,
    note: owner.note,
    channel_id: command.channelId ?? null,
    actor,
    created_at: now,
    expires_at: new Date(now.getTime() + command.minutes * 60_000),
    ended_at: null,
    reference: null,
  } as const;
  return { row, lines };
}
