import { isStorableText } from '../../shared/storable-text.ts';
import { mayReadLocation } from '../may-read.ts';
import type { ProductVariantResolvers } from '../resolver-types.generated.ts';

export const productVariantResolvers = {
  // Products decides which variants there are: whatever SKU it asks about, stocked or not, is one.
  __resolveReference: ({ sku }) => ({ sku }),

  async stockLevel({ sku }, { location }, { loaders, caller }) {
    if (!isStorableText(sku) || !isStorableText(location) || !mayReadLocation(caller, location)) return null;
    return (await loaders.stockLevel.load({ sku, locationId: location })) ?? null;
  },

  async bundleParts({ sku }, _arguments, { loaders }) {
    return isStorableText(sku) ? loaders.bundleParts.load(sku) : [];
  },

  async availability({ sku }, { channel }, { loaders }) {
    const known = isStorableText(sku) && isStorableText(channel);
    // Nobody stocks a SKU, or serves a channel, that cannot be stored; the empty names are in no row either.
    return loaders.availability.load(known ? { sku, channelId: channel } : { sku: '', channelId: '' });
  },
} satisfies ProductVariantResolvers;
