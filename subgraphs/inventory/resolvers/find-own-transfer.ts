import type { Context } from '../context.ts';
import { isUuid } from '../is-uuid.ts';
import { mayReadLocation } from '../may-read.ts';
import type { StockTransferParent } from '../parents.ts';

/** A transfer that the caller may know of, by its id: a till those from and to its location. Null for any other. */
export async function findOwnTransfer({ loaders, caller }: Context, id: string): Promise<StockTransferParent | null> {
  const transfer = isUuid(id) ? await loaders.transfer.load(id.toLowerCase()) : undefined;
  if (transfer === undefined) return null;
  const { from_location_id, to_location_id } = transfer;
  return [from_location_id, to_location_id].some((id) => mayReadLocation(caller, id)) ? transfer : null;
}
