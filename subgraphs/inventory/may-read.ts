import { type Caller, hasScope } from '../shared/caller.ts';
import { forbiddenError } from '../shared/public-error.ts';
import { actorOf } from './actor-of.ts';
import type { StockHoldRow } from './reservations/reservation.ts';

/** Whether the caller may read all of stock: staff by scope, and services. */
export function mayReadStock(caller: Caller): boolean {
  return caller.kind === 'service' || (caller.kind === 'staff' && hasScope(caller, 'stock:read', 'stock:write'));
}

/** Whether the caller may read the shelf of a location: a till its own. */
export function mayReadLocation(caller: Caller, locationId: string): boolean {
  return mayReadStock(caller) || isTillAt(caller, locationId);
}

/** Whether the caller may read what stock is to a channel: a partner on their own. */
export function mayReadChannel(caller: Caller, channelId: string): boolean {
  return mayReadStock(caller) || (caller.kind === 'partner' && caller.attributes.channel === channelId);
}

/** Whether the caller may know of a hold: whoever made it, and a till when all of it lies at its location. */
export function mayReadHold(
  caller: Caller,
  hold: Pick<StockHoldRow, 'actor'>,
  lines: readonly { readonly locationId: string }[],
): boolean {
  if (mayReadStock(caller) || isMaker(caller, hold)) return true;
  return lines.length > 0 && lines.every(({ locationId }) => isTillAt(caller, locationId));
}

/** Whether the caller may know whom a hold that they may see is for, and what was written about them: people of the house, not partners. */
export function mayReadPeopleOf(caller: Caller): boolean {
  return mayReadStock(caller) || caller.kind === 'till';
}

export function isMaker(caller: Caller, hold: Pick<StockHoldRow, 'actor'>): boolean {
  return caller.id !== '' && hold.actor === actorOf(caller);
}

export function isTillAt(caller: Caller, locationId: string): boolean {
  return caller.kind === 'till' && caller.attributes.location === locationId;
}

/** Throws FORBIDDEN for a location whose shelf the caller may not follow, without looking whether there is one. */
export function requireReadLocation(caller: Caller, locationId: string): void {
  if (!mayReadLocation(caller, locationId)) throw forbiddenError('This is not for you to follow.');
}
