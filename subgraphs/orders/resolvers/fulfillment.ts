import type { FulfillmentResolvers } from '../resolver-types.generated.ts';

export const fulfillmentResolvers = {
  location: (fulfillment) => ({ id: fulfillment.locationId }),
  tracking({ carrier, trackingNumber, trackingUrl }) {
    return carrier === null || trackingNumber === null ? null : { carrier, number: trackingNumber, url: trackingUrl };
  },
  lines: (fulfillment, _args, { loaders }) => loaders.linesOfFulfillment.load(fulfillment.id),
} satisfies FulfillmentResolvers;
