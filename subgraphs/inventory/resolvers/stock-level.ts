import { isStorableText } from '../../shared/storable-text.ts';
import { readLevelId, toLevelId } from '../level-key.ts';
import type { StockLevelResolvers } from '../resolver-types.generated.ts';

export const stockLevelResolvers = {
  async __resolveReference({ id }, { loaders }) {
    const key = readLevelId(id);
    if (key === undefined || !isStorableText(id) || !isStorableText(key.sku + key.locationId)) return null;
    return (await loaders.stockLevel.load(key)) ?? null;
  },
  id: (level) => toLevelId({ sku: level.sku, locationId: level.location_id }),
  variant: ({ sku }) => ({ sku }),
  async location(level, _arguments, { loaders }) {
    const location = await loaders.location.load(level.location_id);
    if (location === undefined) throw new Error(`The level of ${level.sku} stands at no location.`);
    return location;
  },
  onHand: (level) => level.on_hand,
  safetyStock: (level) => level.safety_stock,
  version: (level) => level.version,
  updatedAt: (level) => level.updated_at,
} satisfies StockLevelResolvers;
