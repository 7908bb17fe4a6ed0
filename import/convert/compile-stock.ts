import { compileField, compileRefusals } from '../mapping/compile-field.ts';
import type { StockMapping } from '../mapping/mapping.ts';
import type { Row } from '../read/row.ts';
import type { StockRecord } from '../records.ts';
import { readInteger, readSku, requireText } from './read-text.ts';
import { RowProblem } from './row-problem.ts';

/** Makes the reader of a stock row. The reader throws RowProblem when the row is refused. */
export function compileStock(mapping: StockMapping): (row: Row) => StockRecord {
  const findRefusal = compileRefusals(mapping.refuse);
  const readSkuText = compileField(mapping.sku);
  const readLocation = compileField(mapping.location);
  const readOnHand = compileField(mapping.onHand);
  const readSafetyStock = compileField(mapping.safetyStock);
  return (row) => {
    const refusal = findRefusal(row);
    if (refusal !== undefined) throw new RowProblem(refusal);
    const safetyStock = readSafetyStock(row);
    return {
      sku: readSku(readSkuText(row)),
      locationId: requireText(readLocation(row), 'location', 63),
      onHand: readInteger(readOnHand(row), 'on hand', 0),
      safetyStock: safetyStock === '' ? 0 : readInteger(safetyStock, 'safety stock', 0),
    };
  };
}
