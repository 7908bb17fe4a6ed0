import { currencyCodeScalar, dateTimeScalar, decimalScalar } from '../../shared/scalars.ts';
import { categoryResolvers } from './category.ts';
import { channelResolvers } from './channel.ts';
import { productResolvers } from './product.ts';
import { productConnectionResolvers } from './product-connection.ts';
import { productVariantResolvers } from './product-variant.ts';
import { promotionResolvers } from './promotion.ts';
import { queryResolvers } from './query.ts';

/** Every resolver of the products graph. */
export const resolvers = {
  DateTime: dateTimeScalar,
  Decimal: decimalScalar,
  CurrencyCode: currencyCodeScalar,
  Query: queryResolvers,
  Product: productResolvers,
  ProductConnection: productConnectionResolvers,
  ProductVariant: productVariantResolvers,
  Promotion: promotionResolvers,
  Category: categoryResolvers,
  Channel: channelResolvers,
};
