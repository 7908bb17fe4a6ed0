import { isStorableText } from '../../shared/storable-text.ts';
import { readChannelTime } from '../read-channel-time.ts';
import type { ChannelResolvers } from '../resolver-types.generated.ts';

export const channelResolvers = {
  // Products decides which channels there are: whatever id it asks about is one, bought on or not.
  __resolveReference: ({ id }) => (isStorableText(id) ? { id } : null),

  async customers({ id }, { from, to }, { loaders }) {
    return loaders.channelCustomers.load(readChannelTime(id, from, to));
  },
} satisfies ChannelResolvers;
