import { isStorableText } from '../../shared/storable-text.ts';
import { readTimeline } from '../read-timeline.ts';
import type { CustomerResolvers } from '../resolver-types.generated.ts';

export const customerResolvers = {
  async __resolveReference({ id }, { loaders }) {
    return isStorableText(id) ? ((await loaders.customer.load(id)) ?? null) : null;
  },
  identities: ({ id }, _args, { loaders }) => loaders.identities.load(id),
  timeline: ({ id }, page, { loaders }) => readTimeline(loaders, id, page),
} satisfies CustomerResolvers;
