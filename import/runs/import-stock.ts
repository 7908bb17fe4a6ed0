import { basename } from 'node:path';
import { compileStock } from '../convert/compile-stock.ts';
import { RowProblem } from '../convert/row-problem.ts';
import type { StockMapping } from '../mapping/mapping.ts';
import type { StockRecord } from '../records.ts';
import { createBatch } from './batch.ts';
import { passThrough, type Run } from './run.ts';
import { missingOutcome } from './take-product-groups.ts';

interface Item {
  readonly line: number;
  readonly record: StockRecord;
}

const maxLevelsInBatch = 1_000;

/** Imports what stands on shelves. Locations and SKUs that nobody knows are refused; of two rows for one shelf the later counts. */
export async function importStock(run: Run, mapping: StockMapping): Promise<void> {
  const { report, takers } = run;
  const readStock = compileStock(mapping);
  const locationIds = new Set(await takers.inventory.listLocationIds());
  const batch = createBatch<Item>({
    maxWeight: maxLevelsInBatch,
    keysOf: ({ record }) => [`${record.locationId}/${record.sku}`],
    take: async (items) => {
      const unknown = new Set(
        await takers.products.findUnknownSkus([...new Set(items.map(({ record }) => record.sku))]),
      );
      for (const { line, record } of items)
        if (unknown.has(record.sku)) report.refuse(line, 'SKU: unknown', record.sku);
      const known = items.filter(({ record }) => !unknown.has(record.sku));
      if (known.length === 0) return;
      const outcomes = await takers.inventory.takeStock(
        known.map(({ record }) => record),
        basename(run.file),
      );
      for (const [index, { line, record }] of known.entries()) {
        const outcome = outcomes[index] ?? missingOutcome();
        report.countRecord('stock levels', outcome.kind);
        if (outcome.kind === 'refused') report.refuse(line, outcome.reason, record.sku);
        else report.take(1);
      }
    },
  });
  await passThrough(run, 'Reading stock', { isReported: true }, (row) => {
    const record = readStock(row);
    if (!locationIds.has(record.locationId)) throw new RowProblem('location: unknown');
    return batch.add({ line: row.line, record });
  });
  await batch.flush();
}
