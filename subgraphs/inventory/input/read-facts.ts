import { userInputError } from '../../shared/public-error.ts';
import { type Adjustment, adjustmentRules } from '../commands/adjust-stock.ts';
import type { StockCount } from '../commands/record-stock-count.ts';
import type { StockSale } from '../commands/record-stock-sale.ts';
import type { AdjustStockInput, RecordStockCountInput, RecordStockSaleInput } from '../resolver-types.generated.ts';
import { readList, readName, readNumber, readOptionalName } from './read-values.ts';
import { sumLines } from './sum-lines.ts';

const maxDelta = 1_000_000;

/** The adjustment of an adjustStock; throws BAD_USER_INPUT, also for a delta that goes the wrong way for its reason. */
export function readAdjustment(input: AdjustStockInput): Adjustment {
  const delta = readNumber('delta', input.delta, -maxDelta, maxDelta);
  const { sign } = adjustmentRules[input.reason];
  if (delta === 0 || (sign !== 0 && Math.sign(delta) !== sign)) {
    throw userInputError(`The delta of ${input.reason} is ${sign > 0 ? 'above' : sign < 0 ? 'below' : 'not'} 0.`);
  }
  return {
    locationId: readName('location', input.location),
    sku: readName('sku', input.sku),
    delta,
    reason: input.reason,
    reference: readName('reference', input.reference),
    occurredAt: input.occurredAt ?? undefined,
    expectedVersion: input.expectedVersion ?? undefined,
  };
}

/** The counts of a recordStockCount; throws BAD_USER_INPUT, also when a SKU was counted twice. */
export function readCounts(input: RecordStockCountInput): readonly StockCount[] {
  const counts = readList('counts', input.counts, 500).map((count) => ({
    sku: readName('sku', count.sku),
    counted: readNumber('counted', count.counted, 0, maxDelta),
    countedAt: count.countedAt ?? undefined,
  }));
  if (new Set(counts.map(({ sku }) => sku)).size < counts.length) {
    throw userInputError('Each SKU is counted once in a request.');
  }
  return counts;
}

/** The sale of a recordStockSale, each SKU once; throws BAD_USER_INPUT. */
export function readSale(input: RecordStockSaleInput): StockSale {
  const lines = readList('lines', input.lines, 100).map((line) => ({
    sku: readName('sku', line.sku),
    quantity: readNumber('quantity', line.quantity, 1, 10_000),
  }));
  return {
    locationId: readName('location', input.location),
    channelId: readOptionalName('channel', input.channel) ?? undefined,
    lines: sumLines(lines, ({ sku }) => sku),
    occurredAt: input.occurredAt ?? undefined,
    reference: readName('reference', input.reference),
  };
}
