import { RowProblem } from './row-problem.ts';

/**
 * A barcode's number: 8, 12, 13 or 14 digits whose last checks the others (GS1 General Specifications, 7.9).
 * Empty gives null; spaces and hyphens are dropped. @throws RowProblem for anything else
 */
export function readGtin(text: string): string | null {
  const digits = text.replaceAll(/[\s-]/g, '');
  if (digits === '') return null;
  if (!/^(\d{8}|\d{12,14})$/.test(digits)) throw new RowProblem('a GTIN that has not 8, 12, 13 or 14 digits');
  if (!hasRightCheckDigit(digits)) throw new RowProblem('a GTIN whose check digit is wrong');
  return digits;
}

/** From the right, the digits before the last weigh 3, 1, 3, 1 …; with the last, the sum is a multiple of ten. */
function hasRightCheckDigit(digits: string): boolean {
  const sum = [...digits].reduceRight((total, digit, index) => {
    const weight = (digits.length - 1 - index) % 2 === 1 ? 3 : 1;
    return total + Number(digit) * weight;
  }, 0);
  return sum % 10 === 0;
}
