import { type Kysely, sql } from 'kysely';
import type { OrdersDatabase } from '../../../db/tables/orders.ts';
import { inTransaction } from '../../../db/transaction.ts';
import { findKeptReturns, returnKeyOf } from './import/kept-return.ts';
import { matchReturnLine, type ReturnMatch } from './import/match-return.ts';
import type { ReturnToImport } from './import/return-to-import.ts';
import { findReturnableLines } from './import/returnable-line.ts';
import { type NewReturn, writeReturns } from './import/write-returns.ts';

/** What became of a line of a credit note. */
export type ReturnLineOutcome =
  | { readonly kind: 'created' | 'changed' | 'unchanged' }
  | { readonly kind: 'refused'; readonly reason: string };

/** What became of a credit note: its lines, and the returns it is kept as, one for each order it touches. */
export interface ImportedReturn {
  readonly lines: readonly ReturnLineOutcome[];
  readonly returns: readonly {
    readonly returnId: string;
    readonly channelId: string;
    readonly quantity: number;
    readonly refundMinor: number;
  }[];
}

/**
 * Takes a batch of credit notes in one transaction. Each line is matched with what the customer bought before at that price and has not
 * brought back yet, the latest order first, several orders if need be; a line that cannot be matched in full is refused. What a note brought
 * back in an earlier run counts, so the same note changes nothing the second time, and finds its orders should they come later.
 */
export async function importReturns(
  db: Kysely<OrdersDatabase>,
  batch: readonly ReturnToImport[],
): Promise<ImportedReturn[]> {
  return inTransaction(db, async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtext('orders import'))`.execute(trx);
    const kept = await findKeptReturns(trx, batch);
    const returnable = await findReturnableLines(trx, batch);
    const plans = batch.map((note) => {
      const before = kept.get(returnKeyOf(note)) ?? [];
      return { note, before, matches: note.lines.map((line) => matchReturnLine(note, line, before, returnable)) };
    });
    const written = await writeReturns(
      trx,
      plans.flatMap(({ note, before, matches }) => toNewReturns(note, before, matches)),
    );
    return plans.map(({ note, before, matches }) => ({
      lines: matches.map(({ outcome }) => outcome),
      returns: [
        ...before.filter(({ id }) => !written.has(id)),
        ...[...written.values()].filter((made) => made.note === note),
      ].map(({ id, channelId, quantity, refundMinor }) => ({ returnId: id, channelId, quantity, refundMinor })),
    }));
  });
}

/** One return for each order that a note touches; the one of an earlier run grows. */
function toNewReturns(
  note: ReturnToImport,
  before: Parameters<typeof matchReturnLine>[2],
  matches: readonly ReturnMatch[],
): NewReturn[] {
  const parts = matches.flatMap(({ parts }) => parts);
  const orderIds = [...new Set(parts.map(({ line }) => line.orderId))];
  return orderIds.map((orderId) => ({
    note,
    orderId,
    kept: before.find((old) => old.orderId === orderId),
    parts: parts.filter(({ line }) => line.orderId === orderId),
  }));
}
