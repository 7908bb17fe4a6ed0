import { formatAmount } from '../convert/read-amount.ts';
import type { IdentityRecord, InteractionRecord, OrderRecord } from '../records.ts';
import { type Batch, createBatch } from './batch.ts';
import { type GroupedLine, type OrderGroup, orderKey } from './order-group.ts';
import type { Run } from './run.ts';
import type { NeededProducts } from './take-needed-products.ts';
import { missingOutcome } from './take-product-groups.ts';

/** Order lines a batch: one transaction of some 300 ms. */
const maxLinesInBatch = 4_000;

interface Item {
  readonly group: OrderGroup;
  readonly lines: readonly GroupedLine[];
}

/**
 * Takes orders over three owners: customers are found or made, orders placed, customers told what they did. Each step does nothing the
 * second time, so a crash between two of them is repaired by running the import again.
 */
export function batchOrders(run: Run, products: NeededProducts): Batch<OrderGroup> {
  return createBatch<OrderGroup>({
    maxWeight: maxLinesInBatch,
    weigh: ({ lines }) => lines.size,
    keysOf: ({ first }) => [orderKey(first)],
    take: async (groups) => {
      run.signal.throwIfAborted();
      const items = await refuseUnknownSkus(run, products, groups);
      if (items.length === 0) return;
      const customerIds = await resolveCustomers(run, items);
      const records = items.map((item, index) => toOrderRecord(item, customerIds[index] ?? null, products));
      const taken = await run.takers.orders.takeOrders(records);
      const interactions: InteractionRecord[] = [];
      for (const [index, { lines }] of items.entries()) {
        const { outcome, kept } = taken[index] ?? missingOutcome();
        run.report.countRecord('orders', outcome.kind);
        if (outcome.kind === 'refused') for (const { line, sku } of lines) run.report.refuse(line, outcome.reason, sku);
        else run.report.take(lines.length);
        const record = records[index];
        if (kept !== null && record !== undefined) interactions.push(...toInteraction(record, kept));
      }
      await run.takers.customers.recordInteractions(interactions);
    },
  });
}

async function refuseUnknownSkus(run: Run, products: NeededProducts, groups: readonly OrderGroup[]): Promise<Item[]> {
  const skus = new Set(groups.flatMap(({ lines }) => [...lines.values()].map(({ sku }) => sku)));
  const unknown = await products.findUnknown([...skus]);
  return groups.flatMap((group) => {
    const all = [...group.lines.values()];
    for (const { line, sku } of all) if (unknown.has(sku)) run.report.refuse(line, 'SKU: unknown', sku);
    const lines = all.filter(({ sku }) => !unknown.has(sku));
    return lines.length === 0 ? [] : [{ group, lines }];
  });
}

/** The customer of each item; null for guests. */
async function resolveCustomers(run: Run, items: readonly Item[]): Promise<(string | null)[]> {
  const identities = new Map<string, IdentityRecord>();
  for (const { group } of items) {
    if (group.identity !== null)
      identities.set(identityKey(group.identity), identities.get(identityKey(group.identity)) ?? group.identity);
  }
  const resolved = await run.takers.customers.resolveCustomers([...identities.values()]);
  const idOf = new Map(
    [...identities.keys()].map((key, index) => [key, resolved[index]?.customerId ?? missingOutcome()]),
  );
  const created = resolved.filter(({ isNew }) => isNew).length;
  if (created > 0) run.report.countRecord('customers', 'created', created);
  return items.map(({ group }) => (group.identity === null ? null : (idOf.get(identityKey(group.identity)) ?? null)));
}

/** What tells two identities apart. */
export function identityKey({ kind, source, value }: IdentityRecord): string {
  return `${kind} ${source} ${value}`;
}

function toOrderRecord({ group, lines }: Item, customerId: string | null, products: NeededProducts): OrderRecord {
  const { first } = group;
  return {
    channelId: first.channelId,
    externalReference: first.reference,
    customerId,
    email: first.email,
    currencyCode: first.currencyCode,
    countryCode: first.countryCode,
    placedAt: group.at,
    lines: lines.map(({ sku, title, quantity, unitPriceMinor }) => ({
      sku,
      title: title === '' ? (products.titleOf(sku) ?? sku) : title,
      quantity,
      unitPriceMinor,
    })),
    fulfillment: first.fulfillment,
  };
}

function toInteraction(
  record: OrderRecord,
  { orderId, channelId }: { readonly orderId: string; readonly channelId: string },
): InteractionRecord[] {
  if (record.customerId === null) return [];
  const units = record.lines.reduce((sum, { quantity }) => sum + quantity, 0);
  const totalMinor = record.lines.reduce((sum, { quantity, unitPriceMinor }) => sum + quantity * unitPriceMinor, 0);
  return [
    {
      customerId: record.customerId,
      channelId,
      kind: 'ORDERED',
      reference: orderId,
      summary: `Ordered ${units} item${units === 1 ? '' : 's'} for ${formatAmount(totalMinor, record.currencyCode)}`,
      occurredAt: record.placedAt,
    },
  ];
}
