import { isStorableText } from '../../shared/storable-text.ts';
import type { ChannelResolvers } from '../resolver-types.generated.ts';

export const channelResolvers = {
  async __resolveReference({ id }, { loaders }) {
    return isStorableText(id) ? ((await loaders.channel.load(id)) ?? null) : null;
  },
  listedProducts: ({ id }, _args, { loaders }) => loaders.listedProducts.load(id),
  completeness: ({ id }, _args, { loaders }) => loaders.channelCompleteness.load(id),
} satisfies ChannelResolvers;
