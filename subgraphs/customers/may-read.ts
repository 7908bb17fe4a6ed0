import { type Caller, hasScope } from '../shared/caller.ts';
import type { Loaders } from './loaders.ts';
import type { CustomerParent } from './parents.ts';

/**
 * Whether the caller may know of a customer: staff by scope, services, and customers of themselves, whichever of their merged
 * profiles their token names. The profile is read before it is judged, so that another's takes as long as one that does not exist.
 */
export async function mayReadCustomer(caller: Caller, customer: CustomerParent, loaders: Loaders): Promise<boolean> {
  if (mayReadCustomers(caller)) return true;
  const own = ownCustomerId(caller);
  return own !== undefined && (own === customer.id || (await loaders.customer.load(own))?.id === customer.id);
}

/** Whether the caller may know of every customer. */
export function mayReadCustomers(caller: Caller): boolean {
  return (
    caller.kind === 'service' || (caller.kind === 'staff' && hasScope(caller, 'customers:read', 'customers:write'))
  );
}

/** The profile that a customer's token is for; undefined for anybody else. */
export function ownCustomerId(caller: Caller): string | undefined {
  return caller.kind === 'customer' ? caller.attributes.customer : undefined;
}
