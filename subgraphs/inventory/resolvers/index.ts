import { dateTimeScalar } from '../../shared/scalars.ts';
import { availabilityResolvers } from './availability.ts';
import { locationResolvers } from './location.ts';
import { pickupOptionResolvers } from './pickup-option.ts';
import { productVariantResolvers } from './product-variant.ts';
import { queryResolvers } from './query.ts';
import { stockLevelResolvers } from './stock-level.ts';

/** Every resolver of the inventory graph. */
export const resolvers = {
  DateTime: dateTimeScalar,
  Query: queryResolvers,
  Location: locationResolvers,
  ProductVariant: productVariantResolvers,
  StockLevel: stockLevelResolvers,
  Availability: availabilityResolvers,
  PickupOption: pickupOptionResolvers,
};
