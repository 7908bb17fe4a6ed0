import { isUuid } from '../is-uuid.ts';
import type { StockHoldLineResolvers, StockHoldResolvers } from '../resolver-types.generated.ts';
import { getLocation } from './get-location.ts';

export const stockHoldResolvers = {
  async __resolveReference({ id }, { loaders }) {
    return isUuid(id) ? ((await loaders.hold.load(id.toLowerCase())) ?? null) : null;
  },
  expiresAt: (hold) => hold.expires_at,
  createdAt: (hold) => hold.created_at,
  ownerKind: (hold) => hold.owner_kind,
  async lines(hold, _arguments, { loaders }) {
    const lines = await loaders.holdLines.load(hold.id);
    return lines.map((line) => ({ sku: line.sku, locationId: line.location_id, quantity: line.quantity }));
  },
} satisfies StockHoldResolvers;

export const stockHoldLineResolvers = {
  variant: ({ sku }) => ({ sku }),
  location: ({ locationId }, _arguments, context) => getLocation(context, locationId),
} satisfies StockHoldLineResolvers;
