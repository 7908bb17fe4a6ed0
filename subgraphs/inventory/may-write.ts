import { type Caller, hasScope } from '../shared/caller.ts';
import { forbiddenError } from '../shared/public-error.ts';
import { isMaker, isTillAt } from './may-read.ts';
import type { LockedHold, ReservationCommand } from './reservations/reservation.ts';

/** Whether the caller may change all of stock: staff by scope, and services. */
function mayWriteStock(caller: Caller): boolean {
  return caller.kind === 'service' || (caller.kind === 'staff' && hasScope(caller, 'stock:write'));
}

/** Throws FORBIDDEN unless the caller may change all of stock, its rules included. */
export function requireWriteStock(caller: Caller): void {
  if (!mayWriteStock(caller)) throw forbiddenError('This is not for you to change.');
}

/** Throws FORBIDDEN unless the caller may record facts at a location: a till at its own. The location is not looked for: one that is not there is refused alike. */
export function requireWriteLocation(caller: Caller, locationId: string): void {
  if (!mayWriteStock(caller) && !isTillAt(caller, locationId)) throw forbiddenError('This is not your location.');
}

/**
 * Throws FORBIDDEN unless the caller may hold what is asked for: a till what lies at its location, a partner in its own channel, which
 * says where things are taken from.
 */
export function requireMakeHold(
  caller: Caller,
  { lines, channelId }: Extract<ReservationCommand, { kind: 'HOLD' }>,
): void {
  if (mayWriteStock(caller)) return;
  const isAtTill = lines.every(({ locationId }) => locationId !== undefined && isTillAt(caller, locationId));
  if (isAtTill) return;
  const isPartner = caller.kind === 'partner' && channelId !== undefined && caller.attributes.channel === channelId;
  if (isPartner && lines.every(({ locationId }) => locationId === undefined)) return;
  throw forbiddenError('A till holds at its location, a partner in their channel without naming locations.');
}

/** Whether the caller may extend, release or commit a hold: whoever made it, and a till when all of it lies at its location. */
export function mayUseHold(caller: Caller, { row, lines }: LockedHold): boolean {
  if (mayWriteStock(caller) || (caller.kind !== 'staff' && isMaker(caller, row))) return true;
  return lines.length > 0 && lines.every(({ locationId }) => isTillAt(caller, locationId));
}
