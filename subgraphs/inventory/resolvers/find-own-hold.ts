import type { Context } from '../context.ts';
import { isUuid } from '../is-uuid.ts';
import { isMaker, mayReadHold, mayReadStock } from '../may-read.ts';
import type { StockHoldParent } from '../parents.ts';

/** A hold that the caller may know of, by its id; null for any other, and for one that there is none of. */
export async function findOwnHold({ loaders, caller }: Context, id: string): Promise<StockHoldParent | null> {
  const hold = isUuid(id) ? await loaders.hold.load(id.toLowerCase()) : undefined;
  if (hold === undefined) return null;
  if (mayReadStock(caller) || isMaker(caller, hold)) return hold;
  const lines = await loaders.holdLines.load(hold.id);
  const places = lines.map((line) => ({ locationId: line.location_id }));
  return mayReadHold(caller, hold, places) ? hold : null;
}
