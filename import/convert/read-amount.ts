import * as currencies from 'dinero.js/currencies';
import { RowProblem } from './row-problem.ts';

const exponents = new Map(Object.values(currencies).map(({ code, exponent }) => [code as string, exponent as number]));
/** As the price table has it: × 10,000 basis points it is still an exact number. */
const maxMinor = 900_000_000_000;

/** How many decimals a currency of ISO 4217 has. @throws Error when the code is none */
export function getCurrencyExponent(code: string): number {
  const exponent = exponents.get(code);
  if (exponent === undefined) throw new Error(`${code} is no currency`);
  return exponent;
}

/**
 * An amount such as 12.5 in minor units: 1250. By text, so that no float is between; trailing zeros do not count.
 * @throws RowProblem for what is no amount, is below zero, too large, or finer than the currency
 */
export function readAmount(text: string, currencyCode: string, exponent: number): number {
  const found = /^(\d{1,12})(?:\.(\d*))?$/.exec(text);
  if (found === null)
    throw new RowProblem(/^-\d/.test(text) ? 'an amount below zero' : 'no amount, or not readable as one');
  const decimals = (found[2] ?? '').replace(/0+$/, '');
  if (decimals.length > exponent) throw new RowProblem(`an amount finer than ${currencyCode} has units`);
  const minor = Number(`${found[1]}${decimals.padEnd(exponent, '0')}`);
  if (minor > maxMinor) throw new RowProblem('an amount too large to be kept exactly');
  return minor;
}

/** Minor units as people read them: 1250 GBP is "12.50 GBP". */
export function formatAmount(minor: number, currencyCode: string): string {
  const exponent = getCurrencyExponent(currencyCode);
  const digits = String(Math.abs(minor)).padStart(exponent + 1, '0');
  const split = digits.length - exponent;
  const decimals = exponent === 0 ? '' : `.${digits.slice(split)}`;
  return `${minor < 0 ? '-' : ''}${digits.slice(0, split)}${decimals} ${currencyCode}`;
}
