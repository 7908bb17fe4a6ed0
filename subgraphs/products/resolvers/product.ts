import { readPageSize } from '../../shared/connection.ts';
import { readReferenceKey } from '../../shared/reference-key.ts';
import { readStorableText } from '../../shared/storable-text.ts';
import type { Context } from '../context.ts';
import { readVariantPage } from '../read-variant-page.ts';
import type { ProductResolvers } from '../resolver-types.generated.ts';

/** How many attributes, categories and channels of a product are shown at most. */
const maxParts = 100;

export const productResolvers = {
  async __resolveReference(reference, { loaders }) {
    const id = readReferenceKey('id' in reference ? reference.id : undefined);
    const handle = readReferenceKey('handle' in reference ? reference.handle : undefined);
    if (id !== undefined) return (await loaders.product.load({ id })) ?? null;
    return handle === undefined ? null : ((await loaders.product.load({ handle })) ?? null);
  },

  title: async (product, { channel }, context) =>
    (await findListingText(product.id, channel, context))?.title ?? product.title,
  description: async (product, { channel }, context) =>
    (await findListingText(product.id, channel, context))?.description ?? product.description,

  async media({ id }, { first }, { loaders }) {
    return loaders.media.load({ productId: id, limit: readPageSize(first, 10) });
  },
  attributes: ({ id }, _args, { loaders }) => loaders.attributes.load({ productId: id, limit: maxParts }),
  categories: ({ id }, _args, { loaders }) => loaders.categoriesOfProduct.load({ productId: id, limit: maxParts }),
  channels: ({ id }, _args, { loaders }) => loaders.channelsOfProduct.load({ productId: id, limit: maxParts }),
  completeness: ({ id }, _args, { loaders }) => loaders.completeness.load(id),
  variants: ({ id }, page, { loaders }) => readVariantPage(loaders, id, page),
} satisfies ProductResolvers;

async function findListingText(productId: string, channel: string | null | undefined, { loaders }: Context) {
  if (channel == null) return undefined;
  return loaders.listingText.load({ channelId: readStorableText(channel), productId });
}
