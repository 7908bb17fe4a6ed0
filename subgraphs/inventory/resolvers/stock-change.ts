import { isStorableText } from '../../shared/storable-text.ts';
import type { StockChangeResolvers } from '../resolver-types.generated.ts';

export const stockChangeResolvers = {
  variant: ({ sku }) => ({ sku }),
  // A channel that cannot be stored is served by nobody, as the one without a name.
  availability: ({ sku }, { channel }, { loaders }) =>
    loaders.availability.load({ sku, channelId: isStorableText(channel) ? channel : '' }),
} satisfies StockChangeResolvers;
