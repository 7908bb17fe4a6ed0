import { readReferenceKey } from '../../shared/reference-key.ts';
import { mayReadCustomers } from '../may-read.ts';
import { readChannelTime } from '../read-channel-time.ts';
import type { ChannelResolvers } from '../resolver-types.generated.ts';

export const channelResolvers = {
  // Products decides which channels there are: whatever id it asks about is one, bought on or not.
  __resolveReference({ id }) {
    const key = readReferenceKey(id);
    return key === undefined ? null : { id: key };
  },

  async customers({ id }, { from, to }, { loaders, caller }) {
    const time = readChannelTime(id, from, to);
    return mayReadCustomers(caller) ? loaders.channelCustomers.load(time) : null;
  },
} satisfies ChannelResolvers;
