import { userInputError } from '../../shared/public-error.ts';
import type { BulkChange, BulkRow } from '../commands/change-stock-in-bulk.ts';
import { levelKeyText } from '../level-key.ts';
import type { AdjustStockLevelsInput, SetStockLevelsInput, StockNumber } from '../resolver-types.generated.ts';
import { readList, readName, readNumber } from './read-values.ts';

const maxRows = 10_000;
const maxValue = 1_000_000;
const numbers = {
  ON_HAND: 'onHand',
  UNAVAILABLE: 'unavailable',
  SAFETY_STOCK: 'safetyStock',
} as const satisfies Record<StockNumber, BulkRow['number']>;

/** The rows of a setStockLevels; throws BAD_USER_INPUT, also when a number is set twice. */
export function readSets(input: SetStockLevelsInput): BulkChange {
  const rows = readList('rows', input.rows, maxRows).map(
    (row): BulkRow => ({
      ...readKey(row),
      number: numbers[row.number],
      change: {
        kind: 'SET',
        value: readNumber('value', row.value, 0, maxValue),
        compare: readNumber('compare', row.compare, -100_000_000, 100_000_000),
      },
    }),
  );
  if (new Set(rows.map((row) => `${row.number} ${levelKeyText(row)}`)).size < rows.length) {
    throw userInputError('Each number of a level is set once in a request.');
  }
  return {
    rows,
    isAllOrNothing: input.errorPolicy === 'REJECT_EVERYTHING',
    reference: readName('reference', input.reference),
  };
}

/** The rows of an adjustStockLevels; throws BAD_USER_INPUT. */
export function readAdjustments(input: AdjustStockLevelsInput): BulkChange {
  const rows = readList('rows', input.rows, maxRows).map(
    (row): BulkRow => ({
      ...readKey(row),
      number: numbers[row.number],
      change: { kind: 'ADD', delta: readNumber('delta', row.delta, -maxValue, maxValue) },
    }),
  );
  return {
    rows,
    isAllOrNothing: input.errorPolicy === 'REJECT_EVERYTHING',
    reference: readName('reference', input.reference),
  };
}

function readKey(row: { readonly sku: string; readonly location: string }) {
  return { sku: readName('sku', row.sku), locationId: readName('location', row.location) };
}
