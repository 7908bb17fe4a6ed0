import { readReferenceKey } from '../../shared/reference-key.ts';
import type { PromotionResolvers } from '../resolver-types.generated.ts';

export const promotionResolvers = {
  async __resolveReference({ id }, { loaders }) {
    const key = readReferenceKey(id);
    return key === undefined ? null : ((await loaders.promotion.load(key)) ?? null);
  },
} satisfies PromotionResolvers;
