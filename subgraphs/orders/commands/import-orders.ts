import { randomUUID } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { OrdersDatabase } from '../../../db/tables/orders.ts';
import { inTransaction } from '../../../db/transaction.ts';
import { findKeptOrders, isSameOrder } from './import/kept-order.ts';
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
 * Takes a batch of past orders in one transaction, about ten statements whatever its size. No two may share channel and reference. An order
 * that differs from the one kept is replaced under its id and number, unless something of it came back since: then it is refused.
 */
export async function importOrders(
  db: Kysely<OrdersDatabase>,
  batch: readonly OrderToImport[],
): Promise<ImportedOrder[]> {
  return inTransaction(db, async (trx) => {
    // Two imports of one file take turns; the second finds what the first has written.
    await sql`select pg_advisory_xact_lock(hashtext('orders import'))`.execute(trx);
    const kept = await findKeptOrders(trx, batch);
    const plans = batch.map((order, index) => {
      const old = kept[index];
      if (old === undefined) return { order, id: randomUUID(), channelId: order.channelId, kind: 'created' as const };
      const kind = isSameOrder(old, order) ? 'unchanged' : old.hasReturns ? 'refused' : 'changed';
      return { order, id: old.id, channelId: old.channelId, kind } as const;
    });
    const created = plans.filter(({ kind }) => kind === 'created');
    const changed = plans.filter(({ kind }) => kind === 'changed');
    await writeOrderHeads(trx, created);
    await updateOrderHeads(trx, changed);
    await removeOrderContents(
      trx,
      changed.map(({ id }) => id),
    );
    await writeOrderContents(trx, [...created, ...changed]);
    return plans.map(({ id, channelId, kind }) =>
      kind === 'refused'
        ? {
            outcome: { kind, reason: 'the order is kept with other lines, and something of it came back' },
            kept: null,
          }
        : { outcome: { kind }, kept: { orderId: id, channelId } },
    );
  });
}
