import { GraphQLError } from 'graphql';
import { userInputError } from '../../shared/public-error.ts';
import { isStorableText } from '../../shared/storable-text.ts';
import type { BulkChange, BulkRow } from '../commands/change-stock-in-bulk.ts';
import { levelKeyText } from '../level-key.ts';
import type {
  AdjustStockLevelsInput,
  BulkErrorPolicy,
  SetStockLevelsInput,
  StockNumber,
} from '../resolver-types.generated.ts';
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
  const seen = new Set<string>();
  return readBulk(input, (row) => {
    const read: BulkRow = {
      ...readKey(row),
      number: numbers[row.number],
      change: {
        kind: 'SET',
        value: readNumber('value', row.value, 0, maxValue),
        compare: readNumber('compare', row.compare, -100_000_000, 100_000_000),
      },
    };
    const key = `${read.number} ${levelKeyText(read)}`;
    if (seen.has(key)) throw userInputError('Each number of a level is set once in a request.');
    seen.add(key);
    return read;
  });
}

/** The rows of an adjustStockLevels; throws BAD_USER_INPUT. */
export function readAdjustments(input: AdjustStockLevelsInput): BulkChange {
  return readBulk(input, (row) => ({
    ...readKey(row),
    number: numbers[row.number],
    change: { kind: 'ADD', delta: readNumber('delta', row.delta, -maxValue, maxValue) },
  }));
}

/** Reads row by row; one that is malformed is passed over when the policy says so, and throws else. */
function readBulk<Row extends { readonly sku: string; readonly location: string }>(
  input: { readonly rows: readonly Row[]; readonly errorPolicy: BulkErrorPolicy; readonly reference: string },
  readRow: (row: Row) => BulkRow,
): BulkChange {
  const malformed: { sku: string; locationId: string; place: number }[] = [];
  const rows = readList('rows', input.rows, maxRows).flatMap((row, place) => {
    try {
      return [readRow(row)];
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      if (input.errorPolicy !== 'IGNORE_FAILED') throw userInputError(`rows.${place}: ${error.message}`);
      malformed.push({ sku: toStorable(row.sku), locationId: toStorable(row.location), place });
      return [];
    }
  });
  const isAllOrNothing = input.errorPolicy === 'REJECT_EVERYTHING';
  return { rows, malformed, isAllOrNothing, reference: readName('reference', input.reference) };
}

/** What a malformed row named, as far as an answer that is stored can hold it. */
function toStorable(text: string): string {
  return isStorableText(text) ? text.slice(0, 200) : '';
}

function readKey(row: { readonly sku: string; readonly location: string }) {
  return { sku: readName('sku', row.sku), locationId: readName('location', row.location) };
}
