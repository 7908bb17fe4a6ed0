import { readPageSize } from '../../shared/connection.ts';
import { isStorableText } from '../../shared/storable-text.ts';
import { mayReadOrdersOf } from '../may-read.ts';
import { readOrderCursor } from '../queries/order-position.ts';
import type { CustomerResolvers } from '../resolver-types.generated.ts';
import { toOrderConnection } from './order-connection.ts';

export const customerResolvers = {
  __resolveReference: ({ id }) => (typeof id === 'string' ? { id } : null),
  async orders(customer, args, { loaders, caller }) {
    const size = readPageSize(args.first, 20);
    const after = readOrderCursor('customer-orders', args.after);
    if (!mayReadOrdersOf(caller, customer.id)) return null;
    const orders = isStorableText(customer.id)
      ? await loaders.ordersOfCustomer.load({ customerId: customer.id, after, limit: size + 1 })
      : [];
    return toOrderConnection('customer-orders', orders, { size, isFirstPage: after === null });
  },
} satisfies CustomerResolvers;
