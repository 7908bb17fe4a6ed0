import type { FulfillmentLineResolvers } from '../resolver-types.generated.ts';

export const fulfillmentLineResolvers = {
  variant: (line) => ({ sku: line.sku }),
} satisfies FulfillmentLineResolvers;
