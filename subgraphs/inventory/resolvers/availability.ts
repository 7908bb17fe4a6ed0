import { readPageSize } from '../../shared/connection.ts';
import { readPoint } from '../input/read-point.ts';
import type { AvailabilityResolvers } from '../resolver-types.generated.ts';

/** At or below this, people are told to hurry. */
const lowStock = 5;

export const availabilityResolvers = {
  status({ availableToSell, onShelf, isTooEarly }) {
    if (isTooEarly) return 'PRE_ORDER';
    if (availableToSell <= 0) return 'OUT_OF_STOCK';
    if (onShelf <= 0) return 'BACK_ORDER';
    return availableToSell <= lowStock ? 'LOW_STOCK' : 'IN_STOCK';
  },
  async backOrder({ sku, channelId }, _arguments, { loaders }) {
    return (await loaders.backOrder.load({ sku, channelId })) ?? null;
  },
  async pickup({ sku, channelId }, { near, first }, { loaders }) {
    const count = readPageSize(first, 3, 20);
    if (near == null) return [];
    return loaders.pickup.load({ sku, channelId, near: readPoint(near), first: count });
  },
} satisfies AvailabilityResolvers;
