import { type Connection, readCursor, readPageSize, toConnection, toCursor } from '../shared/connection.ts';
import { fromMicroseconds } from '../shared/instant.ts';
import { userInputError } from '../shared/public-error.ts';
import type { Loaders } from './loaders.ts';
import type { InteractionParent } from './parents.ts';
import type { CustomerTimelineArgs } from './resolver-types.generated.ts';

const list = 'timeline';

/** A page of a customer's history, the latest first. Throws BAD_USER_INPUT for a bad size or cursor. */
export async function readTimeline(
  loaders: Loaders,
  customerId: string,
  page: CustomerTimelineArgs,
): Promise<Connection<InteractionParent>> {
  const size = readPageSize(page.first, 20);
  const after = page.after == null ? undefined : readPlace(page.after);
  const rows = await loaders.interactions.load({ customerId, limit: size + 1, after });
  return toConnection<InteractionParent>(rows, {
    size,
    isFirstPage: after === undefined,
    cursorOf: (row) => toCursor(list, [row.atMicroseconds, row.id]),
    nodeOf: (row) => row,
  });
}

function readPlace(cursor: string): { readonly at: string; readonly id: number } {
  const [microseconds, id] = readCursor(list, ['number', 'number'], cursor).map(Number);
  const at = fromMicroseconds(microseconds ?? Number.NaN);
  if (at === undefined || !Number.isSafeInteger(id) || id === undefined) {
    throw userInputError('The cursor is not from a timeline.');
  }
  return { at, id };
}
