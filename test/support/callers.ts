import { staffScopes } from '../../cli/own-kinds.ts';
import type { Caller, CallerKind } from '../../subgraphs/shared/caller.ts';

/** A caller as a gateway would state it. */
export function createCaller(
  kind: CallerKind,
  attributes: Readonly<Record<string, string>> = {},
  scopes: readonly string[] = [],
): Caller {
  return { kind, id: `${kind} ${Object.values(attributes).join(' ')}`.trim(), scopes: new Set(scopes), attributes };
}

/** Staff who may do everything. */
export const allStaff = createCaller('staff', {}, staffScopes);
export const customerCalled = (customer: string): Caller => createCaller('customer', { customer }, ['customer']);
export const tillAt = (location: string): Caller => createCaller('till', { location }, ['till']);
export const partnerOn = (channel: string): Caller => createCaller('partner', { channel }, ['partner']);
