import type { StockReturn } from '../commands/record-stock-return.ts';
import type { AllocationSettlement } from '../commands/settle-allocation.ts';
import type { StockLine } from '../commands/stock-line.ts';
import type { RecordStockReturnInput, SettleAllocationInput } from '../resolver-types.generated.ts';
import { readList, readName, readNumber } from './read-values.ts';
import { sumLines } from './sum-lines.ts';

/** The settlement of a settleAllocation, each SKU once; throws BAD_USER_INPUT. */
export function readSettlement(input: SettleAllocationInput): AllocationSettlement {
  return {
    locationId: readName('location', input.location),
    lines: sumLines(readList('lines', input.lines, 100).map(readLine), ({ sku }) => sku),
    outcome: input.outcome,
    reference: readName('reference', input.reference),
  };
}

/** The return of a recordStockReturn, each SKU and disposition once; throws BAD_USER_INPUT. */
export function readReturn(input: RecordStockReturnInput): StockReturn {
  const lines = readList('lines', input.lines, 100).map((line, i) => ({
    ...readLine(line, i),
    disposition: line.disposition,
  }));
  return {
    locationId: readName('location', input.location),
    lines: sumLines(lines, ({ sku, disposition }) => JSON.stringify([sku, disposition])),
    occurredAt: input.occurredAt ?? undefined,
    reference: readName('reference', input.reference),
  };
}

function readLine(line: { readonly sku: string; readonly quantity: number }, i: number): StockLine {
  return {
    sku: readName('sku', line.sku),
    quantity: readNumber('quantity', line.quantity, 1, 10_000),
    path: ['input', 'lines', `${i}`],
  };
}
