import { type Caller, hasScope } from '../shared/caller.ts';
import type { FulfillmentOrderParent, OrderParent } from './parents.ts';

/** Whether the caller may read every order: staff by scope, and services. */
export function mayReadAllOrders(caller: Caller): boolean {
  return caller.kind === 'service' || (caller.kind === 'staff' && hasScope(caller, 'orders:read', 'orders:write'));
}

/** Whether the caller may read an order without proving that it is theirs: customers their own, partners those of their channel. */
export function mayReadOrder(caller: Caller, order: OrderParent): boolean {
  if (mayReadAllOrders(caller)) return true;
  return mayReadOrdersOf(caller, order.customerId) || mayReadChannel(caller, order.channelId);
}

/** Whether the caller may read the orders of a customer, over all channels. */
export function mayReadOrdersOf(caller: Caller, customerId: string | null): boolean {
  if (mayReadAllOrders(caller)) return true;
  return caller.kind === 'customer' && customerId !== null && caller.attributes.customer === customerId;
}

/** Whether the caller may read what a channel sold: partners on their own. */
export function mayReadChannel(caller: Caller, channelId: string): boolean {
  return mayReadAllOrders(caller) || (caller.kind === 'partner' && caller.attributes.channel === channelId);
}

/** Whether the caller may read a fulfilment order on its own: a till those of its location. */
export function mayReadFulfillmentOrder(caller: Caller, part: FulfillmentOrderParent): boolean {
  return mayReadAllOrders(caller) || (caller.kind === 'till' && caller.attributes.location === part.locationId);
}
