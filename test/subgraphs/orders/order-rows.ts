import { type Insertable, type Kysely, sql } from 'kysely';
import type { OrdersDatabase, OrderTable } from '../../../db/tables/orders.ts';
import { createOrdersSubgraph } from '../../../subgraphs/orders/subgraph.ts';
import { openSubgraph } from '../../support/open-subgraph.ts';

type Db = Kysely<OrdersDatabase>;

/** The orders subgraph over an empty database of its own. */
export function openOrders() {
  return openSubgraph('orders', createOrdersSubgraph);
}

/** A line as tests write it; what is left out is one pencil for a pound. */
export interface TestLine {
  readonly sku?: string;
  readonly quantity?: number;
  readonly unitPriceMinor?: number;
}

/** An order to be written: columns that matter to the test, and its lines. */
export type TestOrder = Partial<Omit<Insertable<OrderTable>, 'placed_at'>> & {
  readonly number: string;
  /** Microseconds since 1970. */
  readonly placedAtUs?: number;
  readonly lines?: readonly TestLine[];
};

/** Microseconds since 1970 of an instant such as 2011-03-01T10:00:00Z. */
export function toUs(instant: string): number {
  return Date.parse(instant) * 1_000;
}

/** Writes orders, each with the id `id-NUMBER`; the total is the sum of the lines unless it is given. */
export async function addOrders(db: Db, orders: readonly TestOrder[]): Promise<void> {
  const rows = orders.map(({ placedAtUs = toUs('2011-03-01T10:00:00Z'), lines = [], ...columns }) => ({
    id: `id-${columns.number}`,
    channel_id: 'web',
    status: 'PLACED' as const,
    currency_code: 'GBP',
    total_minor: lines.reduce((sum, line) => sum + (line.quantity ?? 1) * (line.unitPriceMinor ?? 100), 0),
    placed_at: sql<Date>`timestamptz 'epoch' + ${placedAtUs}::bigint * interval '1 microsecond'`,
    ...columns,
  }));
  const lines = orders.flatMap((order) =>
    (order.lines ?? []).map((line, index) => ({
      order_id: order.id ?? `id-${order.number}`,
      position: index + 1,
      sku: line.sku ?? 'PENCIL',
      title: `Title of ${line.sku ?? 'PENCIL'}`,
      quantity: line.quantity ?? 1,
      unit_price_minor: line.unitPriceMinor ?? 100,
    })),
  );
  if (rows.length > 0) await db.insertInto('order').values(rows).execute();
  if (lines.length > 0) await db.insertInto('order_line').values(lines).execute();
}

/** Writes a return of `quantity` of an order's first line, taken in or only announced. */
export async function addReturn(
  db: Db,
  number: string,
  quantity: number,
  status: 'REQUESTED' | 'RECEIVED' | 'REFUNDED' = 'REFUNDED',
): Promise<string> {
  const { id } = await db
    .insertInto('return')
    .values({
      order_id: `id-${number}`,
      channel_id: 'web',
      external_reference: null,
      status,
      refund_minor: quantity * 100,
      created_at: new Date('2011-04-01T00:00:00Z'),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('return_line')
    .values({ return_id: id, position: 1, order_id: `id-${number}`, line_position: 1, quantity, reason: 'UNWANTED' })
    .execute();
  return id;
}
