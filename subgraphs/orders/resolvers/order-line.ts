import { toMoney } from '../../shared/money.ts';
import type { OrderLineResolvers } from '../resolver-types.generated.ts';

export const orderLineResolvers = {
  variant: (line) => ({ sku: line.sku }),
  unitPrice: (line) => toMoney(line.unitPriceMinor, line.currencyCode),
  total: (line) => toMoney(line.unitPriceMinor * line.quantity, line.currencyCode),
} satisfies OrderLineResolvers;
