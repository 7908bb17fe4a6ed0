import { followFeed, getLive } from '../../shared/follow-feed.ts';
import { createOrderFeed, noSuchOrder } from '../feed/order-feed.ts';
import type { OrderUpdatedParent } from '../parents.ts';
import type { SubscriptionResolvers } from '../resolver-types.generated.ts';
import { findOwnOrder } from './find-own-order.ts';

export const subscriptionResolvers = {
  orderUpdated: {
    async *subscribe(_parent, { id, after }, context) {
      const { db, caller, signal } = context;
      const order = await findOwnOrder(context, id);
      if (order === null) throw noSuchOrder();
      const events = followFeed(createOrderFeed(order.id, caller), { db, ...getLive(context), after, signal });
      for await (const { items, ...event } of events) yield { ...event, order: items[0] ?? null };
    },
    resolve: (event: OrderUpdatedParent) => event,
  },
} satisfies SubscriptionResolvers;
