import { followStock } from '../feed/follow-stock.ts';
import type { StockChangedParent } from '../parents.ts';
import type { SubscriptionResolvers } from '../resolver-types.generated.ts';
import { readLocation } from './read-location.ts';

export const subscriptionResolvers = {
  stockChanged: {
    async *subscribe(_parent, { location, after }, context) {
      const { id } = await readLocation(context, location);
      const { db, signal, live } = context;
      if (live === undefined) throw new Error('This process was opened without a tail, so it has no subscriptions.');
      yield* followStock({ db, ...live, locationId: id, after, signal });
    },
    resolve: (event: StockChangedParent) => event,
  },
} satisfies SubscriptionResolvers;
