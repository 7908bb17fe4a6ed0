import { divideHalfEven, toMoney } from '../../shared/money.ts';
import type { SalesResolvers } from '../resolver-types.generated.ts';

export const salesResolvers = {
  revenue: (sales) => toMoney(sales.revenueMinor, sales.currencyCode),
  averageOrderValue: (sales) =>
    sales.orders === 0 ? null : toMoney(divideHalfEven(sales.revenueMinor, sales.orders), sales.currencyCode),
  returnRate: (sales) => (sales.unitsSold === 0 ? null : sales.unitsReturned / sales.unitsSold),
} satisfies SalesResolvers;
