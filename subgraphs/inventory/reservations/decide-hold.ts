import { randomUUIDv7 } from 'node:crypto';
import type { BundlePart } from '../bundles/bundle-parts.ts';
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
import { quotaLeft, type Reach, type ReservationDraft } from './reservation-draft.ts';

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
      backOrder: draft.missingFor({ sku, locationId }, quantity, command.channelId),
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
 * pass together when there is not enough for both; nor do a bundle and one of its parts.
 */
function placeLines(draft: ReservationDraft, command: HoldCommand): Placement {
  const taken = new Map<string, LockedHoldLine>();
  const problems: InsufficientStockProblem[] = [];
  const freeAt = ({ sku, quantity }: BundlePart, locationId: string, wanted: number, reach: Reach): number => {
    const already = taken.get(levelKeyText({ sku, locationId }))?.quantity ?? 0;
    const sellable = draft.sellableAt({ sku, locationId }, already + wanted * quantity, command.channelId, reach);
    return Math.floor(Math.max(0, sellable - already) / quantity);
  };

  // A line that names its location has no choice: it goes first, whatever its place in the request.
  for (const line of [...command.lines].sort(
    (a, b) => Number(b.locationId !== undefined) - Number(a.locationId !== undefined),
  )) {
    const parts = draft.partsOf(line.sku);
    const places = locationsFor(draft, command, line);
    let wanted = line.quantity;
    // What is there goes first, wherever it is; only then somebody is asked to wait.
    for (const reach of ['ON_SHELF', 'BACK_ORDER'] as const) {
      if (wanted === 0) break;
      const free = places.map((locationId) => ({
        locationId,
        free: Math.min(...parts.map((part) => freeAt(part, locationId, wanted, reach))),
      }));
      const whole = free.find((place) => place.free >= wanted);
      for (const { locationId, free: units } of whole === undefined ? free : [whole]) {
        const quantity = Math.min(wanted, units);
        if (quantity === 0) continue;
        wanted -= quantity;
        for (const part of parts) take(taken, draft, command, part, locationId, quantity);
      }
    }
    if (wanted > 0) problems.push(toProblem(command, line, line.quantity - wanted));
  }
  problems.push(...findQuotaProblems(draft, command));
  return { lines: [...taken.values()], problems };
}

/** Quotas are per SKU, wherever it is taken from: all lines of a SKU count together, also those of bundles that it is a part of. */
function findQuotaProblems(
  draft: ReservationDraft,
  { lines, channelId }: HoldCommand,
): readonly InsufficientStockProblem[] {
  if (channelId === undefined) return [];
  const demand = lines.flatMap((line) => draft.partsOf(line.sku).map((part) => ({ line, part })));
  return [...Map.groupBy(demand, ({ part }) => part.sku)].flatMap(([sku, [first, ...others]]) => {
    const quota = draft.findQuota(channelId, sku);
    if (quota === undefined || first === undefined) return [];
    const unitsOf = ({ line, part }: typeof first) => line.quantity * part.quantity;
    const quantity = others.reduce((sum, one) => sum + unitsOf(one), unitsOf(first));
    const left = quotaLeft(quota);
    if (quantity <= left) return [];
    return [
      {
        kind: 'INSUFFICIENT_STOCK',
        sku,
        locationId: first.line.locationId ?? null,
        channelId,
        quantity,
        availableToSell: left,
        path: first.line.path,
      },
    ];
  });
}

function locationsFor(draft: ReservationDraft, command: HoldCommand, line: HoldLine): readonly string[] {
  if (line.locationId !== undefined) return [line.locationId];
  return command.channelId === undefined ? [] : draft.candidatesFor(command.channelId, line.sku);
}

function take(
  taken: Map<string, LockedHoldLine>,
  draft: ReservationDraft,
  { channelId }: HoldCommand,
  part: BundlePart,
  locationId: string,
  units: number,
): void {
  const { sku } = part;
  const key = levelKeyText({ sku, locationId });
  const quotaId = channelId === undefined ? null : (draft.findQuota(channelId, sku)?.id ?? null);
  const quantity = units * part.quantity + (taken.get(key)?.quantity ?? 0);
  taken.set(key, { sku, locationId, quantity, isOpen: true, quotaId });
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
