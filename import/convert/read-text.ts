import { RowProblem } from './row-problem.ts';

/** A text that Postgres can hold, of at most `max` characters. @throws RowProblem that names the field */
export function checkText(text: string, name: string, max: number): string {
  if (text.includes('\u0000') || !text.isWellFormed()) {
    throw new RowProblem(`${name}: a character that cannot be stored`);
  }
  if (text.length > max) throw new RowProblem(`${name}: over ${max} characters`);
  return text;
}

/** The same, and not empty. */
export function requireText(text: string, name: string, max: number): string {
  if (text === '') throw new RowProblem(`${name}: missing`);
  return checkText(text, name, max);
}

/** A SKU: 1 to 64 printable ASCII characters without a space. @throws RowProblem */
export function readSku(text: string): string {
  if (text === '') throw new RowProblem('SKU: missing');
  if (!/^[!-~]{1,64}$/.test(text)) throw new RowProblem('SKU: not 1 to 64 printable ASCII characters without a space');
  return text;
}

/** A whole number within Postgres' integer. @throws RowProblem */
export function readInteger(text: string, name: string, min: number): number {
  const value = /^-?\d{1,10}(\.0+)?$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(value)) throw new RowProblem(`${name}: not a whole number`);
  if (value < min || value > 2_147_483_647) throw new RowProblem(`${name}: outside ${min} to 2147483647`);
  return value;
}
