import { readReferenceKey } from '../../shared/reference-key.ts';
import { readTimeline } from '../read-timeline.ts';
import type { CustomerResolvers } from '../resolver-types.generated.ts';

export const customerResolvers = {
  async __resolveReference({ id }, { loaders }) {
    const key = readReferenceKey(id);
    return key === undefined ? null : ((await loaders.customer.load(key)) ?? null);
  },
  identities: ({ id }, _args, { loaders }) => loaders.identities.load(id),
  timeline: ({ id }, page, { loaders }) => readTimeline(loaders, id, page),
} satisfies CustomerResolvers;
