import { formatAmount } from '../convert/read-amount.ts';
import type { InteractionRecord, ReturnRecord } from '../records.ts';
import { type Batch, createBatch } from './batch.ts';
import { type OrderGroup, orderKey } from './order-group.ts';
import type { Run } from './run.ts';
import { missingOutcome } from './take-product-groups.ts';

/** Two lines for one SKU may lean on the same order, so they are matched one after the other; a batch of them keeps the round trips few. */
const maxLinesInBatch = 1_000;

/**
 * Takes credit notes: each line is matched by the owner of orders with what the customer bought before, or refused. A guest's cannot be: no
 * row says which order it belongs to.
 */
export function batchReturns(run: Run, reason: ReturnRecord['reason']): Batch<OrderGroup> {
  return createBatch<OrderGroup>({
    maxWeight: maxLinesInBatch,
    weigh: ({ lines }) => lines.size,
    keysOf: ({ first }) => [orderKey(first)],
    take: async (groups) => {
      run.signal.throwIfAborted();
      const known = groups.flatMap((group) => (group.identity === null ? [] : [{ group, identity: group.identity }]));
      const customerIds = await run.takers.customers.findCustomers(known.map(({ identity }) => identity));
      const owners = new Map(known.map(({ group }, index) => [group, customerIds[index] ?? null]));
      const items = groups.flatMap((group) => {
        const customerId = owners.get(group) ?? null;
        if (customerId !== null) return [{ group, record: toReturnRecord(group, customerId, reason) }];
        refuseAll(
          run,
          group,
          group.identity === null
            ? 'a return without a customer: nothing says which order it belongs to'
            : 'a return of a customer without an order',
        );
        return [];
      });
      if (items.length === 0) return;
      const taken = await run.takers.orders.takeReturns(items.map(({ record }) => record));
      const interactions: InteractionRecord[] = [];
      for (const [index, { group, record }] of items.entries()) {
        const { lines, returns } = taken[index] ?? missingOutcome();
        for (const [at, { line, sku, quantity, unitPriceMinor }] of [...group.lines.values()].entries()) {
          const outcome = lines[at] ?? missingOutcome();
          run.report.countRecord('return lines', outcome.kind);
          if (outcome.kind === 'refused') run.report.refuse(line, outcome.reason, sku, -quantity * unitPriceMinor);
          else run.report.take(1);
        }
        for (const { returnId, channelId, quantity, refundMinor } of returns) {
          interactions.push({
            customerId: record.customerId,
            channelId,
            kind: 'RETURNED',
            reference: returnId,
            summary: `Returned ${quantity} item${quantity === 1 ? '' : 's'}, ${formatAmount(refundMinor, record.currencyCode)} given back`,
            occurredAt: record.returnedAt,
          });
        }
      }
      await run.takers.customers.recordInteractions(interactions);
    },
  });
}

function toReturnRecord(group: OrderGroup, customerId: string, reason: ReturnRecord['reason']): ReturnRecord {
  return {
    externalReference: group.first.reference,
    customerId,
    currencyCode: group.first.currencyCode,
    returnedAt: group.at,
    reason,
    lines: [...group.lines.values()].map(({ sku, quantity, unitPriceMinor }) => ({ sku, quantity, unitPriceMinor })),
  };
}

function refuseAll(run: Run, group: OrderGroup, reason: string): void {
  for (const { line, sku, quantity, unitPriceMinor } of group.lines.values()) {
    run.report.countRecord('return lines', 'refused');
    run.report.refuse(line, reason, sku, -quantity * unitPriceMinor);
  }
}
