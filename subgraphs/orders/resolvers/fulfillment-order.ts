import type { FulfillmentOrderResolvers } from '../resolver-types.generated.ts';
import { loadByKey } from './load-by-key.ts';

export const fulfillmentOrderResolvers = {
  __resolveReference: ({ id }, { loaders }) => loadByKey(loaders.fulfillmentOrderById, id),
  async order(part, _args, { loaders }) {
    const order = await loaders.orderById.load(part.orderId);
    if (order === null) throw new Error(`The order ${part.orderId} of a fulfilment order is gone.`);
    return order;
  },
  location: (part) => ({ id: part.locationId }),
  lines: (part, _args, { loaders }) => loaders.linesOfFulfillmentOrder.load(part.id),
} satisfies FulfillmentOrderResolvers;
