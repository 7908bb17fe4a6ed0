import DataLoader from 'dataloader';
import { createKeyedLoader } from '../shared/keyed-loader.ts';
import type { CategoryParent, ChannelParent, ProductParent, ProductVariantParent } from './parents.ts';
import { countListedProducts } from './queries/count-listed-products.ts';
import { findCategories } from './queries/find-categories.ts';
import { findChannels } from './queries/find-channels.ts';
import { findListingTexts, type ListingKey, type ListingText } from './queries/find-listing-texts.ts';
import { findPrices, type PriceKey, type PriceRow } from './queries/find-prices.ts';
import { findProducts, type ProductKey } from './queries/find-products.ts';
import { findPromotions } from './queries/find-promotions.ts';
import { findVariants, findVariantsByGtin } from './queries/find-variants.ts';
import { listOfProducts, type OfProductKey } from './queries/list-of-products.ts';
import { listVariants, type VariantsKey } from './queries/list-variants.ts';
import {
  attributesOfProduct,
  categoriesOfProduct,
  channelsOfProduct,
  mediaOfProduct,
} from './queries/parts-of-product.ts';
import { readChannelCompleteness, readCompleteness } from './queries/read-completeness.ts';
import type { Reader } from './reader.ts';

/** The loaders of one request: they remember what was read, so they must not outlive it. */
export type Loaders = ReturnType<typeof createLoaders>;

/** Loaders over a database: each asks one statement for all that a level of the query wants, whatever the arguments. */
export function createLoaders(reader: Reader) {
  return {
    product: createKeyedLoader<ProductKey, ProductParent | undefined>((keys) => findProducts(reader, keys)),
    listingText: createKeyedLoader<ListingKey, ListingText | undefined>((keys) => findListingTexts(reader, keys)),
    media: createKeyedLoader((keys: readonly OfProductKey[]) => listOfProducts(reader, keys, mediaOfProduct)),
    attributes: createKeyedLoader((keys: readonly OfProductKey[]) => listOfProducts(reader, keys, attributesOfProduct)),
    categoriesOfProduct: createKeyedLoader((keys: readonly OfProductKey[]) =>
      listOfProducts(reader, keys, categoriesOfProduct),
    ),
    channelsOfProduct: createKeyedLoader((keys: readonly OfProductKey[]) =>
      listOfProducts(reader, keys, channelsOfProduct),
    ),
    completeness: new DataLoader((ids: readonly string[]) => readCompleteness(reader, ids)),

    variant: new DataLoader<string, ProductVariantParent | undefined>((skus) => findVariants(reader, skus)),
    variantByGtin: new DataLoader<string, ProductVariantParent | undefined>((gtins) =>
      findVariantsByGtin(reader, gtins),
    ),
    variantsOfProduct: createKeyedLoader<VariantsKey, readonly ProductVariantParent[]>((keys) =>
      listVariants(reader, keys),
    ),
    price: createKeyedLoader<PriceKey, PriceRow | undefined>((keys) => findPrices(reader, keys)),
    promotion: new DataLoader((ids: readonly string[]) => findPromotions(reader, ids)),

    category: new DataLoader<string, CategoryParent | undefined>((ids) => findCategories(reader, ids)),
    channel: new DataLoader<string, ChannelParent | undefined>((ids) => findChannels(reader, ids)),
    listedProducts: new DataLoader((ids: readonly string[]) => countListedProducts(reader, ids)),
    channelCompleteness: new DataLoader((ids: readonly string[]) => readChannelCompleteness(reader, ids)),
  };
}
