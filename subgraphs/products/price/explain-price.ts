import { dinero, toDecimal } from 'dinero.js';
import { getCurrency, toMoney } from '../../shared/money.ts';
import type { PriceRow } from '../queries/find-prices.ts';
import { wholeBasisPoints } from './price-after.ts';

/**
 * How a price came about, for a person at a till or on the telephone. For example: "The list price in Web shop is 12.49 GBP.
 * “Summer sale” takes 15% off: 10.6165 GBP, rounded to 10.62 GBP (half to even)."
 */
export function explainPrice(row: PriceRow, amountMinor: number): string {
  const { currencyCode, listMinor, formerMinor, promotion } = row;
  const amount = (minor: number) => `${toMoney(minor, currencyCode).amount} ${currencyCode}`;
  const sentences = [`The list price in ${row.channelName} is ${amount(listMinor)}.`];
  if (promotion === null) {
    sentences.push('No promotion lowers it now.');
  } else {
    const exact = toExactText(listMinor * (wholeBasisPoints - promotion.basisPointsOff), currencyCode);
    const rounded = toMoney(amountMinor, currencyCode).amount;
    const off = `“${promotion.title}” takes ${promotion.basisPointsOff / 100}% off`;
    const rounding = exact === rounded ? '' : `, rounded to ${amount(amountMinor)} (half to even)`;
    const effect = amountMinor === listMinor ? ', which lowers nothing' : '';
    sentences.push(`${off}: ${exact} ${currencyCode}${rounding}${effect}.`);
  }
  if (formerMinor !== null) sentences.push(`The former price was ${amount(formerMinor)}.`);
  return sentences.join(' ');
}

/** Ten-thousandths of minor units as a decimal number, without zeros beyond the currency's own decimals. */
function toExactText(tenThousandths: number, currencyCode: string): string {
  const currency = getCurrency(currencyCode);
  const text = toDecimal(dinero({ amount: tenThousandths, currency, scale: currency.exponent + 4 }));
  const zeros = /0{1,4}$/.exec(text)?.[0].length ?? 0;
  return text.slice(0, text.length - zeros).replace(/\.$/, '');
}
