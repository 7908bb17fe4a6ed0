import { readReferenceKey } from '../../shared/reference-key.ts';
import type { CategoryResolvers } from '../resolver-types.generated.ts';

export const categoryResolvers = {
  async __resolveReference({ id }, { loaders }) {
    const key = readReferenceKey(id);
    return key === undefined ? null : ((await loaders.category.load(key)) ?? null);
  },
  async parent({ parentId }, _args, { loaders }) {
    return parentId === null ? null : ((await loaders.category.load(parentId)) ?? null);
  },
} satisfies CategoryResolvers;
