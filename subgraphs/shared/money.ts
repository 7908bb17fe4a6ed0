import { dinero, halfEven, toDecimal } from 'dinero.js';
import * as currencies from 'dinero.js/currencies';

/** The shape of the schema's Money. */
export interface Money {
  readonly amount: string;
  readonly currencyCode: string;
}

type Currency = (typeof currencies)['GBP'];
const currencyByCode = new Map<string, Currency>(Object.entries(currencies) as [string, Currency][]);

/** A currency of ISO 4217 by its code; throws for a code that is none, since a row holds it. */
export function getCurrency(code: string): Currency {
  const currency = currencyByCode.get(code);
  if (currency === undefined) throw new Error(`No currency has the code ${code}.`);
  return currency;
}

/** Minor units (pence, cents) as the schema's Money, with as many decimals as the currency has. */
export function toMoney(amountMinor: number, currencyCode: string): Money {
  return { amount: toDecimal(dinero({ amount: amountMinor, currency: getCurrency(currencyCode) })), currencyCode };
}

const numberCalculator = dinero({ amount: 0, currency: getCurrency('GBP') }).calculator;

/** `numerator / denominator` to the nearest integer, half to even: the rounding of every average and percentage. */
export function divideHalfEven(numerator: number, denominator: number): number {
  return halfEven(numerator, denominator, numberCalculator);
}
