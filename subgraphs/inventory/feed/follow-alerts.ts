import { decodeCursor, encodeCursor } from '../../../db/change-feed/cursor.ts';
import type { InventoryDatabase } from '../../../db/tables/inventory.ts';
import { type Feed, type FollowOptions, followFeed } from '../../shared/follow-feed.ts';
import {
  type AlertScope,
  alertScopeText,
  alertTopic,
  readAlertChange,
  type StockAlert,
  toAlert,
} from '../alerts/stock-alert.ts';
import type { StockAlertsEventParent } from '../parents.ts';

/** The open alerts of a location or a channel, then every one that is raised, changed or closed; see followFeed. */
export async function* followAlerts(
  options: FollowOptions<InventoryDatabase> & { readonly scope: AlertScope },
): AsyncGenerator<StockAlertsEventParent, void, undefined> {
  for await (const { items, ...event } of followFeed(createAlertFeed(options.scope), options)) {
    yield { ...event, alerts: items };
  }
}

function createAlertFeed(scope: AlertScope): Feed<InventoryDatabase, StockAlert> {
  const binding = { feed: 'alerts', scope: alertScopeText(scope) };
  return {
    interest: { topic: alertTopic, scopes: [alertScopeText(scope)] },
    toCursor: (key, position) => encodeCursor(key, binding, position),
    readCursor: (key, cursor) => decodeCursor(key, binding, cursor),
    readAll: async (view) => {
      const rows = await view
        .selectFrom('stock_alert')
        .selectAll()
        .where('scope_kind', '=', scope.kind)
        .where('scope_id', '=', scope.id)
        .where('closed_at', 'is', null)
        .orderBy('opened_at')
        .orderBy('id')
        .execute();
      return rows.map(toAlert);
    },
    readChange: ({ payload }) => [readAlertChange(payload)],
  };
}
