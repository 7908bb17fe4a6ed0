import type { Caller } from '../shared/caller.ts';
import { forbiddenError } from '../shared/public-error.ts';
import type { AlertScope } from './alerts/stock-alert.ts';
import { mayReadLocation, mayReadStock } from './may-read.ts';

/** Whether the caller may read the alerts of a location or a channel, or all when there is no scope: a till those of its location. */
export function mayReadAlerts(caller: Caller, scope: AlertScope | undefined): boolean {
  return scope?.kind === 'LOCATION' ? mayReadLocation(caller, scope.id) : mayReadStock(caller);
}

/** What somebody reads who asks for no alerts in particular; undefined is all. */
export function ownAlerts({ kind, attributes }: Caller): AlertScope | undefined {
  return kind === 'till' && attributes.location !== undefined
    ? { kind: 'LOCATION', id: attributes.location }
    : undefined;
}

/** Throws FORBIDDEN for alerts that the caller may not follow, without looking whether there is such a location or channel. */
export function requireReadAlerts(caller: Caller, scope: AlertScope): void {
  if (!mayReadAlerts(caller, scope)) throw forbiddenError('This is not for you to follow.');
}
