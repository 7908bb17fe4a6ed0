import { dateScalar, dateTimeScalar } from '../../shared/scalars.ts';
import { availabilityResolvers } from './availability.ts';
import {
  availabilityChangeResolvers,
  bundlePartResolvers,
  channelBackOrderResolvers,
  channelBufferResolvers,
  channelQuotaResolvers,
  channelResolvers,
} from './channel.ts';
import { locationResolvers } from './location.ts';
import { mutationResolvers } from './mutation.ts';
import { payloadResolvers } from './payloads.ts';
import { pickupOptionResolvers } from './pickup-option.ts';
import { productVariantResolvers } from './product-variant.ts';
import { queryResolvers } from './query.ts';
import {
  stockAlertResolvers,
  stockPromiseResolvers,
  stockSuggestionResolvers,
  stockThresholdResolvers,
} from './stock-alert.ts';
import { stockAuditResolvers, stockDifferenceResolvers } from './stock-audit.ts';
import { stockChangeResolvers } from './stock-change.ts';
import { stockHoldLineResolvers, stockHoldResolvers } from './stock-hold.ts';
import { stockLevelResolvers } from './stock-level.ts';
import { stockMovementResolvers } from './stock-movement.ts';
import { stockTransferLineResolvers, stockTransferResolvers } from './stock-transfer.ts';
import { subscriptionResolvers } from './subscription.ts';
import { userErrorResolvers } from './user-errors.ts';

/** Every resolver of the inventory graph. */
export const resolvers = {
  DateTime: dateTimeScalar,
  Date: dateScalar,
  Query: queryResolvers,
  Location: locationResolvers,
  ProductVariant: productVariantResolvers,
  StockLevel: stockLevelResolvers,
  StockMovement: stockMovementResolvers,
  StockHold: stockHoldResolvers,
  StockHoldLine: stockHoldLineResolvers,
  Availability: availabilityResolvers,
  PickupOption: pickupOptionResolvers,
  StockTransfer: stockTransferResolvers,
  StockTransferLine: stockTransferLineResolvers,
  Channel: channelResolvers,
  ChannelBuffer: channelBufferResolvers,
  ChannelBackOrder: channelBackOrderResolvers,
  BundlePart: bundlePartResolvers,
  ChannelQuota: channelQuotaResolvers,
  AvailabilityChange: availabilityChangeResolvers,
  StockAlert: stockAlertResolvers,
  StockPromise: stockPromiseResolvers,
  StockSuggestion: stockSuggestionResolvers,
  StockThreshold: stockThresholdResolvers,
  StockAudit: stockAuditResolvers,
  StockDifference: stockDifferenceResolvers,
  StockChange: stockChangeResolvers,
  Mutation: mutationResolvers,
  Subscription: subscriptionResolvers,
  ...payloadResolvers,
  ...userErrorResolvers,
};
