import { type Money, toMoney } from '../../shared/money.ts';
import type { PriceRow, PromotionRow } from '../queries/find-prices.ts';
import { explainPrice } from './explain-price.ts';
import { priceAfter } from './price-after.ts';

/** What a variant costs, as the schema shows it. */
export interface VariantPrice {
  readonly amount: Money;
  readonly compareAt: Money | null;
  readonly promotion: PromotionRow | null;
  readonly explanation: string;
}

/** The price rule: the list price, lowered by the best promotion, rounded half to even, and the words for it. */
export function toVariantPrice(row: PriceRow): VariantPrice {
  const { listMinor, formerMinor, currencyCode } = row;
  const amountMinor = priceAfter(listMinor, row.promotion?.basisPointsOff ?? 0);
  const isLowered = amountMinor < listMinor;
  const compareAtMinor = formerMinor ?? (isLowered ? listMinor : null);
  return {
    amount: toMoney(amountMinor, currencyCode),
    compareAt: compareAtMinor === null ? null : toMoney(compareAtMinor, currencyCode),
    promotion: isLowered ? row.promotion : null,
    explanation: explainPrice(row, amountMinor),
  };
}
