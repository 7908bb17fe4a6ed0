import type {
  StockAlertResolvers,
  StockPromiseResolvers,
  StockSuggestionResolvers,
  StockThresholdResolvers,
} from '../resolver-types.generated.ts';
import { getLocation } from './get-location.ts';

export const stockAlertResolvers = {
  variant: ({ sku }) => ({ sku }),
  location: ({ scope }, _arguments, context) => (scope.kind === 'LOCATION' ? getLocation(context, scope.id) : null),
  channel: ({ scope }) => (scope.kind === 'CHANNEL' ? { id: scope.id } : null),
  isOpen: ({ closedAt }) => closedAt === null,
  weakestPromise: ({ promises }) => promises[0] ?? null,

  async suggestions(alert, _arguments, { loaders }) {
    if (alert.kind !== 'SHORTFALL' || alert.closedAt !== null) return [];
    const { sku, scope, quantity, promises } = alert;
    const short = { kind: 'INSUFFICIENT_STOCK', sku, locationId: scope.id, channelId: null, quantity } as const;
    const [places, level] = await Promise.all([
      loaders.alternatives.load({ ...short, availableToSell: 0, path: [] }),
      loaders.stockLevel.load({ sku, locationId: scope.id }),
    ]);
    const comingUnits = Math.min(quantity, level?.incoming ?? 0);
    const [weakest] = promises;
    return [
      ...places.map(({ location }) => ({ kind: 'MOVE_FROM' as const, quantity, location, sku: null, promise: null })),
      ...(comingUnits > 0
        ? [{ kind: 'BACK_ORDER' as const, quantity: comingUnits, location: null, sku: null, promise: weakest ?? null }]
        : []),
      { kind: 'SUBSTITUTE', quantity, location: null, sku, promise: weakest ?? null },
      ...promises.map((promise) => ({
        kind: 'CANCEL' as const,
        quantity: promise.quantity,
        location: null,
        sku: null,
        promise,
      })),
    ];
  },
} satisfies StockAlertResolvers;

export const stockPromiseResolvers = {
  madeAt: ({ madeAt }) => new Date(madeAt),
} satisfies StockPromiseResolvers;

export const stockSuggestionResolvers = {
  variant: ({ sku }) => (sku === null ? null : { sku }),
} satisfies StockSuggestionResolvers;

export const stockThresholdResolvers = {
  sku: ({ sku }) => (sku === '' ? null : sku),
  backInStockAt: (threshold) => threshold.back_in_stock_at,
} satisfies StockThresholdResolvers;
