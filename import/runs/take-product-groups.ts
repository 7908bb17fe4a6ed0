import type { ProductGroup } from '../convert/product-group.ts';
import { compileProductRecord } from '../convert/to-product-record.ts';
import type { ProductsMapping } from '../mapping/mapping.ts';
import type { ProductRecord } from '../records.ts';
import type { Outcome } from '../takers.ts';
import { type Batch, createBatch } from './batch.ts';
import type { Run } from './run.ts';

interface Item {
  readonly group: ProductGroup;
  readonly record: ProductRecord;
}

/** Variants a batch: one transaction of some 50 ms. */
const maxVariantsInBatch = 500;

/** Makes records of groups and gives them to the owner of products, a batch at a time; `onTaken` is told what became of each. */
export function batchProductGroups(
  run: Run,
  mapping: ProductsMapping,
  onTaken: (group: ProductGroup, record: ProductRecord, outcome: Outcome) => void,
): Batch<ProductGroup> {
  const channelIds = run.shares.map(({ channel }) => channel);
  const toRecord = compileProductRecord(mapping, run.mapping.source, channelIds);
  const batch = createBatch<Item>({
    maxWeight: maxVariantsInBatch,
    weigh: ({ record }) => record.variants.length,
    keysOf: ({ record }) => [
      `key ${record.sourceKey}`,
      `handle ${record.handle}`,
      ...record.variants.flatMap(({ sku, gtin }) => [
        `sku ${sku}`,
        ...(gtin === null ? [] : [`gtin ${gtin.padStart(14, '0')}`]),
      ]),
    ],
    take: async (items) => {
      run.signal.throwIfAborted();
      const outcomes = await run.takers.products.takeProducts(items.map(({ record }) => record));
      for (const [index, { group, record }] of items.entries()) {
        const outcome = outcomes[index] ?? missingOutcome();
        run.report.countRecord('products', outcome.kind);
        onTaken(group, record, outcome);
      }
    },
  });
  return {
    add: (group) => {
      if (group.titles.size === 0) run.report.note('A product without a title: its SKU stands for it');
      return batch.add({ group, record: toRecord(group) });
    },
    flush: batch.flush,
  };
}

/** A taker that answers fewer outcomes than it got records is broken. */
export function missingOutcome(): never {
  throw new Error('A taker gave no outcome for a record');
}
