import { readReferenceKey } from '../../shared/reference-key.ts';
import type { ChannelResolvers } from '../resolver-types.generated.ts';

export const channelResolvers = {
  async __resolveReference({ id }, { loaders }) {
    const key = readReferenceKey(id);
    return key === undefined ? null : ((await loaders.channel.load(key)) ?? null);
  },
  listedProducts: ({ id }, _args, { loaders }) => loaders.listedProducts.load(id),
  completeness: ({ id }, _args, { loaders }) => loaders.channelCompleteness.load(id),
} satisfies ChannelResolvers;
