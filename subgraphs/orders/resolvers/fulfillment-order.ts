import { mayReadFulfillmentOrder, mayReadOrder } from '../may-read.ts';
import type { FulfillmentOrderResolvers } from '../resolver-types.generated.ts';
import { loadByKey } from './load-by-key.ts';

export const fulfillmentOrderResolvers = {
  async __resolveReference({ id }, { loaders, caller }) {
    const part = await loadByKey(loaders.fulfillmentOrderById, id);
    if (part === null || mayReadFulfillmentOrder(caller, part)) return part;
    const order = await loaders.orderById.load(part.orderId);
    return order !== null && mayReadOrder(caller, order) ? part : null;
  },
  async order(part, _args, { loaders }) {
    const order = await loaders.orderById.load(part.orderId);
    if (order === null) throw new Error(`The order ${part.orderId} of a fulfilment order is gone.`);
    return order;
  },
  location: (part) => ({ id: part.locationId }),
  lines: (part, _args, { loaders }) => loaders.linesOfFulfillmentOrder.load(part.id),
} satisfies FulfillmentOrderResolvers;
