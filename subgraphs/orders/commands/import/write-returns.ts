import { randomUUID } from 'node:crypto';
import { sql, type Transaction } from 'kysely';
import type { OrdersDatabase } from '../../../../db/tables/orders.ts';
import { toMoney } from '../../../shared/money.ts';
import { announceOrders } from '../../feed/announce-orders.ts';
import type { KeptReturn } from './kept-return.ts';
import type { ReturnPart } from './match-return.ts';
import type { ReturnToImport } from './return-to-import.ts';

/** What a credit note brings back of one order. */
export interface NewReturn {
  readonly note: ReturnToImport;
  readonly orderId: string;
  /** The return of an earlier run that this adds to. */
  readonly kept: KeptReturn | undefined;
  readonly parts: readonly ReturnPart[];
}

/** A return as it is now. */
export interface WrittenReturn {
  readonly note: ReturnToImport;
  readonly id: string;
  readonly channelId: string;
  readonly quantity: number;
  readonly refundMinor: number;
}

/** Writes returns with their lines and events, and raises their orders; gives what was written, by return id. */
export async function writeReturns(
  trx: Transaction<OrdersDatabase>,
  made: readonly NewReturn[],
): Promise<Map<string, WrittenReturn>> {
  if (made.length === 0) return new Map();
  const plans = made.map((part) => ({
    ...part,
    ...sumUp(part),
    id: part.kept?.id ?? randomUUID(),
    channelId: part.parts[0]?.line.channelId ?? '',
  }));
  await writeHeads(trx, plans);
  await writeLines(trx, plans);
  await writeEvents(trx, plans);
  const orderIds = [...new Set(made.map(({ orderId }) => orderId))];
  await raiseOrders(trx, orderIds);
  await announceOrders(trx, orderIds);
  return new Map(
    plans.map(({ id, note, channelId, quantity, refundMinor, kept }) => [
      id,
      {
        id,
        note,
        channelId,
        quantity: quantity + (kept?.quantity ?? 0),
        refundMinor: refundMinor + (kept?.refundMinor ?? 0),
      },
    ]),
  );
}

interface Plan extends NewReturn {
  readonly id: string;
  readonly channelId: string;
  readonly quantity: number;
  readonly refundMinor: number;
}

function sumUp({ parts }: NewReturn): { quantity: number; refundMinor: number } {
  return {
    quantity: parts.reduce((sum, part) => sum + part.quantity, 0),
    refundMinor: parts.reduce((sum, part) => sum + part.quantity * part.line.unitPriceMinor, 0),
  };
}

async function writeHeads(trx: Transaction<OrdersDatabase>, plans: readonly Plan[]): Promise<void> {
  // A credit note says that the money was given back; that the goods came back with it is assumed.
  await sql`
    insert into "return" (id, order_id, channel_id, external_reference, status, refund_minor, created_at)
    select id, order_id, channel_id, reference, 'REFUNDED', refund_minor, created_at
      from unnest(
        ${plans.map(({ id }) => id)}::text[], ${plans.map(({ orderId }) => orderId)}::text[], ${plans.map(({ channelId }) => channelId)}::text[],
        ${plans.map(({ note }) => note.externalReference)}::text[], ${plans.map(({ refundMinor }) => refundMinor)}::bigint[],
        ${plans.map(({ note }) => note.returnedAt.toISOString())}::timestamptz[])
        as given (id, order_id, channel_id, reference, refund_minor, created_at)
        on conflict (id) do update set refund_minor = "return".refund_minor + excluded.refund_minor`.execute(trx);
}

async function writeLines(trx: Transaction<OrdersDatabase>, plans: readonly Plan[]): Promise<void> {
  const rows = plans.flatMap(({ id, orderId, kept, note, parts }) =>
    parts.map((part, at) => ({ id, orderId, reason: note.reason, position: (kept?.lines.length ?? 0) + at, ...part })),
  );
  await sql`
    insert into return_line (return_id, position, order_id, line_position, quantity, reason)
    select * from unnest(
      ${rows.map(({ id }) => id)}::text[], ${rows.map(({ position }) => position)}::integer[], ${rows.map(({ orderId }) => orderId)}::text[],
      ${rows.map(({ line }) => line.position)}::integer[], ${rows.map(({ quantity }) => quantity)}::integer[],
      ${rows.map(({ reason }) => reason)}::text[])`.execute(trx);
}

async function writeEvents(trx: Transaction<OrdersDatabase>, plans: readonly Plan[]): Promise<void> {
  const messages = plans.map(({ quantity, refundMinor, note }) => {
    const { amount, currencyCode } = toMoney(refundMinor, note.currencyCode);
    return `${quantity} item${quantity === 1 ? '' : 's'} came back, ${amount} ${currencyCode} given back`;
  });
  await sql`
    insert into order_event (order_id, at, kind, message)
    select order_id, at, 'RETURNED', message
      from unnest(${plans.map(({ orderId }) => orderId)}::text[], ${plans.map(({ note }) => note.returnedAt.toISOString())}::timestamptz[],
                  ${messages}::text[]) as given (order_id, at, message)`.execute(trx);
}

/** Each has changed, by what came back of it; those of which everything came back are marked. */
async function raiseOrders(trx: Transaction<OrdersDatabase>, ids: readonly string[]): Promise<void> {
  await sql`
    update "order" set version = version + 1, updated_at = now(), status = case when exists (
         select from order_line
          where order_line.order_id = "order".id
            and quantity > coalesce((select sum(return_line.quantity) from return_line
                  where (return_line.order_id, line_position) = (order_line.order_id, order_line.position)), 0))
         then status else 'RETURNED' end
     where id = any (${[...ids]}::text[])`.execute(trx);
}
