import { isStorableText } from '../../shared/storable-text.ts';
import type { PromotionResolvers } from '../resolver-types.generated.ts';

export const promotionResolvers = {
  async __resolveReference({ id }, { loaders }) {
    return isStorableText(id) ? ((await loaders.promotion.load(id)) ?? null) : null;
  },
} satisfies PromotionResolvers;
