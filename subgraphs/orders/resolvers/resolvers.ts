import { currencyCodeScalar, dateScalar, dateTimeScalar, decimalScalar } from '../../shared/scalars.ts';
import type { Resolvers } from '../resolver-types.generated.ts';
import { channelResolvers } from './channel.ts';
import { customerResolvers } from './customer.ts';
import { fulfillmentResolvers } from './fulfillment.ts';
import { fulfillmentLineResolvers } from './fulfillment-line.ts';
import { fulfillmentOrderResolvers } from './fulfillment-order.ts';
import { orderResolvers } from './order.ts';
import { orderLineResolvers } from './order-line.ts';
import { queryResolvers } from './query.ts';
import { returnResolvers } from './return.ts';
import { returnLineResolvers } from './return-line.ts';
import { salesResolvers } from './sales.ts';
import { subscriptionResolvers } from './subscription.ts';

/** All resolvers of the orders subgraph; types that are not named here are passed as they are. */
export const resolvers = {
  Query: queryResolvers,
  Subscription: subscriptionResolvers,
  Order: orderResolvers,
  OrderLine: orderLineResolvers,
  FulfillmentOrder: fulfillmentOrderResolvers,
  Fulfillment: fulfillmentResolvers,
  FulfillmentLine: fulfillmentLineResolvers,
  Return: returnResolvers,
  ReturnLine: returnLineResolvers,
  Channel: channelResolvers,
  Sales: salesResolvers,
  Customer: customerResolvers,
  DateTime: dateTimeScalar,
  Date: dateScalar,
  Decimal: decimalScalar,
  CurrencyCode: currencyCodeScalar,
} satisfies Resolvers;
