import { type Kysely, sql } from 'kysely';
import type { OrdersDatabase } from '../../../db/tables/orders.ts';
import { inTransaction } from '../../../db/transaction.ts';
import { announceOrders } from '../feed/announce-orders.ts';
import { compareProgress, findKeptOrders, isSameOrder, type KeptOrder } from './import/kept-order.ts';
import { toOrderId } from './import/order-id.ts';
import type { OrderToImport } from './import/order-to-import.ts';
import { removeOrderContents, updateOrderHeads } from './import/replace-orders.ts';
import { writeOrderContents, writeOrderHeads } from './import/write-orders.ts';

/** What became of one order, and as what it is kept; null when refused. */
export interface ImportedOrder {
  readonly outcome:
    | { readonly kind: 'created' | 'changed' | 'unchanged' }
    | { readonly kind: 'refused'; readonly reason: string };
  readonly kept: { readonly orderId: string; readonly channelId: string } | null;
}

/**
 * Takes a batch of orders in one transaction, about a dozen statements whatever its size. No two may share channel and reference. An order
 * that differs from the one kept, or has come further, is replaced under its id and number, unless something of it came back since: then it is
 * refused. Each that is written is one change of the feed.
 */
export async function importOrders(
  db: Kysely<OrdersDatabase>,
  batch: readonly OrderToImport[],
): Promise<ImportedOrder[]> {
  return inTransaction(db, async (trx) => {
    // Two imports of one file take turns; the second finds what the first has written.
    await sql`select pg_advisory_xact_lock(hashtext('orders import'))`.execute(trx);
    const kept = await findKeptOrders(trx, batch);
    const plans = batch.map((order, index) => planOrder(order, kept[index]));
    const created = plans.filter(({ kind }) => kind === 'created');
    const changed = plans.filter(({ kind }) => kind === 'changed');
    await writeOrderHeads(trx, created);
    await updateOrderHeads(trx, changed);
    await removeOrderContents(
      trx,
      changed.map(({ id }) => id),
    );
    await writeOrderContents(trx, [...created, ...changed]);
    await announceOrders(
      trx,
      [...created, ...changed].map(({ id }) => id),
    );
    return plans.map(({ id, channelId, ...plan }) =>
      plan.kind === 'refused'
        ? { outcome: { kind: plan.kind, reason: plan.reason }, kept: null }
        : { outcome: { kind: plan.kind }, kept: { orderId: id, channelId } },
    );
  });
}

interface OrderPlan {
  readonly order: OrderToImport;
  readonly id: string;
  readonly channelId: string;
  readonly partId: string | null;
  readonly kind: 'created' | 'changed' | 'unchanged' | 'refused';
  /** Why it is refused. */
  readonly reason: string;
}

/** What becomes of an order. */
function planOrder(order: OrderToImport, old: KeptOrder | undefined): OrderPlan {
  if (old === undefined) {
    return { order, id: toOrderId(order), channelId: order.channelId, partId: null, kind: 'created', reason: '' };
  }
  const plan = { order, id: old.id, channelId: old.channelId, partId: old.partId, reason: '' };
  const isSame = isSameOrder(old, order);
  const progress = compareProgress(old.status, order.fulfillment.status);
  const isOutdated = progress === 'contrary' || (progress === 'behind' && !isSame);
  if (isOutdated) return { ...plan, kind: 'refused', reason: `the order is kept as ${old.status} by now` };
  if (isSame && progress !== 'ahead') return { ...plan, kind: 'unchanged' };
  if (!old.hasReturns) return { ...plan, kind: 'changed' };
  return { ...plan, kind: 'refused', reason: 'the order is kept with other lines, and something of it came back' };
}
