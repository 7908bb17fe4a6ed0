import { staffScopes } from '../../cli/own-kinds.ts';
import { type Caller, type CallerKind, callerHeader, stateCaller } from '../../subgraphs/shared/caller.ts';

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
/** What a gateway tells a subgraph of a caller. */
export const headersOf = (caller: Caller): Record<string, string> => ({ [callerHeader]: stateCaller(caller) });
export const customerCalled = (customer: string): Caller => createCaller('customer', { customer }, ['customer']);
export const tillAt = (location: string): Caller => createCaller('till', { location }, ['till']);
export const partnerOn = (channel: string): Caller => createCaller('partner', { channel }, ['partner']);
