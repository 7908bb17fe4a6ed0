import pg from 'pg';

/**
 * How values arrive from Postgres, for our pools only (pg's global table is everybody's).
 *
 * - bigint as number: ids, versions and amounts of minor units stay far below 2^53, and a BigInt fits neither JSON nor arithmetic with
 *   numbers. One beyond 2^53 would be silently wrong, so it throws. `count(*)` is a bigint; `sum(bigint)` is a numeric: cast it.
 * - numeric as string, as pg does: it may have any number of digits.
 * - timestamptz as Date, as pg does. date as 'YYYY-MM-DD': pg would make a Date at midnight of this machine's time zone of it.
 */
export const parseColumn: typeof pg.types.getTypeParser = (
  id: number,
  format?: 'text' | 'binary',
  // biome-ignore lint/suspicious/noExplicitAny: pg types the parser of an unknown column so
): any => {
  if (format !== 'binary') {
    if (id === pg.types.builtins.INT8) return toSafeNumber;
    if (id === pg.types.builtins.DATE) return keepText;
    if (id === int8Array) return toSafeNumbers;
  }
  return pg.types.getTypeParser(id, format as 'text');
};

const int8Array = 1016;

function keepText(text: string): string {
  return text;
}

function toSafeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`The bigint ${text} is beyond what a number can hold`);
  return value;
}

function toSafeNumbers(text: string): (number | null)[] {
  const parts = text.slice(1, -1).split(',');
  return parts[0] === '' ? [] : parts.map((part) => (part === 'NULL' ? null : toSafeNumber(part)));
}
