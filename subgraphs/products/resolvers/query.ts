import { readPageSize } from '../../shared/connection.ts';
import { userInputError } from '../../shared/public-error.ts';
import { readStorableText } from '../../shared/storable-text.ts';
import { readProductPage } from '../product-list/read-product-page.ts';
import { listCategories } from '../queries/list-categories.ts';
import { listChannels } from '../queries/list-channels.ts';
import type { QueryResolvers } from '../resolver-types.generated.ts';
import { toGtin14 } from '../to-gtin14.ts';

const maxChannels = 100;

export const queryResolvers = {
  async products(_parent, args, { loaders, ...reader }) {
    const { connection, rows } = await readProductPage(reader, args);
    // The list has read these: variants that ask for their product, and titles of the channel, need no statement more.
    for (const row of rows) {
      loaders.product.prime({ id: row.id }, row);
      const text = { title: row.listingTitle, description: row.listingDescription };
      loaders.listingText.prime({ channelId: args.channel, productId: row.id }, text);
    }
    return connection;
  },

  async product(_parent, { id, handle }, { loaders }) {
    if (id != null && handle == null) return (await loaders.product.load({ id: readStorableText(id) })) ?? null;
    if (handle != null && id == null) return (await loaders.product.load({ handle: readStorableText(handle) })) ?? null;
    throw userInputError('Give either the id or the handle of the product.');
  },

  async variant(_parent, { sku, gtin }, { loaders }) {
    if (sku != null && gtin == null) return (await loaders.variant.load(readStorableText(sku))) ?? null;
    if (gtin != null && sku == null) {
      const gtin14 = toGtin14(readStorableText(gtin));
      return gtin14 === undefined ? null : ((await loaders.variantByGtin.load(gtin14)) ?? null);
    }
    throw userInputError('Give either the SKU or the GTIN of the variant.');
  },

  channels: (_parent, _args, reader) => listChannels(reader, maxChannels),

  async channel(_parent, { id }, { loaders }) {
    return (await loaders.channel.load(readStorableText(id))) ?? null;
  },

  categories(_parent, { parent, first }, reader) {
    const parentId = parent == null ? undefined : readStorableText(parent);
    return listCategories(reader, parentId, readPageSize(first, 100));
  },
} satisfies QueryResolvers;
