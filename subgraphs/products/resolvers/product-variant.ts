import { readReferenceKey } from '../../shared/reference-key.ts';
import { readStorableText } from '../../shared/storable-text.ts';
import { toVariantPrice } from '../price/to-variant-price.ts';
import type { ProductVariantResolvers } from '../resolver-types.generated.ts';

export const productVariantResolvers = {
  async __resolveReference({ sku }, { loaders }) {
    const key = readReferenceKey(sku);
    return key === undefined ? null : ((await loaders.variant.load(key)) ?? null);
  },

  async product({ productId }, _args, { loaders }) {
    const product = await loaders.product.load({ id: productId });
    // Read in another statement than the variant: the product can have been deleted in between.
    if (product === undefined) throw new Error(`The product ${productId} of a variant is gone.`);
    return product;
  },

  async price({ sku }, { channel }, { loaders }) {
    const row = await loaders.price.load({ channelId: readStorableText(channel), sku });
    return row === undefined ? null : toVariantPrice(row);
  },
} satisfies ProductVariantResolvers;
