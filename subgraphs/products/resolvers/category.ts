import { isStorableText } from '../../shared/storable-text.ts';
import type { CategoryResolvers } from '../resolver-types.generated.ts';

export const categoryResolvers = {
  async __resolveReference({ id }, { loaders }) {
    return isStorableText(id) ? ((await loaders.category.load(id)) ?? null) : null;
  },
  async parent({ parentId }, _args, { loaders }) {
    return parentId === null ? null : ((await loaders.category.load(parentId)) ?? null);
  },
} satisfies CategoryResolvers;
