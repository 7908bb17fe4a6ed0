import { type RawBuilder, sql } from 'kysely';
import { readCursor, toCursor } from '../../shared/connection.ts';
import { userInputError } from '../../shared/public-error.ts';

/** The place of an order in a list that is sorted by time, newest first, then by id. */
export interface OrderPosition {
  /** Microseconds since 1970. */
  readonly placedAtUs: number;
  readonly id: string;
}

/** The lists that have cursors of their own, so that one's cursor is no position in the other. */
export type OrderList = 'orders' | 'customer-orders';

/** The opaque cursor of an order in a list. */
export function toOrderCursor(list: OrderList, position: OrderPosition): string {
  return toCursor(list, [position.placedAtUs, position.id]);
}

/** Reads a cursor of the list back; null when none was given. Throws BAD_USER_INPUT for one we did not write. */
export function readOrderCursor(list: OrderList, cursor: string | null | undefined): OrderPosition | null {
  if (cursor === null || cursor === undefined) return null;
  const [placedAtUs, id] = readCursor(list, ['number', 'string'], cursor);
  if (typeof placedAtUs === 'number' && Number.isSafeInteger(placedAtUs) && typeof id === 'string') {
    return { placedAtUs, id };
  }
  throw userInputError('The cursor is not from this list.');
}

/**
 * Whether the row `order` comes behind a position. Without one the position is before the first of all: the statement
 * stays the same, and both forms are one walk along an index.
 */
export function isBehind(placedAtUs: RawBuilder<number | null>, id: RawBuilder<string | null>): RawBuilder<boolean> {
  const placedAt = sql`coalesce(timestamptz 'epoch' + ${placedAtUs} * interval '1 microsecond', 'infinity')`;
  return sql<boolean>`("order".placed_at, "order".id) < (${placedAt}, coalesce(${id}, ''))`;
}
