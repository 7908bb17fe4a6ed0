import { mayReadPeopleOf } from '../may-read.ts';
import type { StockHoldLineResolvers, StockHoldResolvers } from '../resolver-types.generated.ts';
import { findOwnHold } from './find-own-hold.ts';
import { getLocation } from './get-location.ts';

export const stockHoldResolvers = {
  __resolveReference: ({ id }, context) => findOwnHold(context, id),
  expiresAt: (hold) => hold.expires_at,
  createdAt: (hold) => hold.created_at,
  ownerKind: (hold) => hold.owner_kind,
  ownerId: (hold, _arguments, { caller }) => (mayReadPeopleOf(caller) ? hold.owner_id : null),
  customerId: (hold, _arguments, { caller }) => (mayReadPeopleOf(caller) ? hold.customer_id : null),
  note: (hold, _arguments, { caller }) => (mayReadPeopleOf(caller) ? hold.note : null),
  async lines(hold, _arguments, { loaders }) {
    const lines = await loaders.holdLines.load(hold.id);
    return lines.map((line) => ({ sku: line.sku, locationId: line.location_id, quantity: line.quantity }));
  },
} satisfies StockHoldResolvers;

export const stockHoldLineResolvers = {
  variant: ({ sku }) => ({ sku }),
  location: ({ locationId }, _arguments, context) => getLocation(context, locationId),
} satisfies StockHoldLineResolvers;
