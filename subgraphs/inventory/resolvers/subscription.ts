import { getLive } from '../../shared/follow-feed.ts';
import { followAlerts } from '../feed/follow-alerts.ts';
import { followStock } from '../feed/follow-stock.ts';
import { readAlertScope } from '../input/read-thresholds.ts';
import { requireReadLocation } from '../may-read.ts';
import { requireReadAlerts } from '../may-read-alerts.ts';
import type { StockAlertsEventParent, StockChangedParent } from '../parents.ts';
import type { SubscriptionResolvers } from '../resolver-types.generated.ts';
import { readLocation } from './read-location.ts';

export const subscriptionResolvers = {
  stockChanged: {
    async *subscribe(_parent, { location, after }, context) {
      const { db, signal, caller } = context;
      requireReadLocation(caller, location);
      const { id } = await readLocation(context, location);
      yield* followStock({ db, ...getLive(context), locationId: id, after, signal });
    },
    resolve: (event: StockChangedParent) => event,
  },

  stockAlerts: {
    async *subscribe(_parent, { location, channel, after }, context) {
      const scope = readAlertScope({ location, channel });
      requireReadAlerts(context.caller, scope);
      if (scope.kind === 'LOCATION') await readLocation(context, scope.id);
      yield* followAlerts({ db: context.db, ...getLive(context), scope, after, signal: context.signal });
    },
    resolve: (event: StockAlertsEventParent) => event,
  },
} satisfies SubscriptionResolvers;
