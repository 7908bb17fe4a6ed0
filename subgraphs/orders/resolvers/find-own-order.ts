import type { Context } from '../context.ts';
import { mayReadOrder } from '../may-read.ts';
import type { OrderRow } from '../parents.ts';
import { loadByKey } from './load-by-key.ts';

/** The order that a caller names and may read; null for another's as for one that there is none of, and both take as long. */
export async function findOwnOrder({ loaders, caller }: Context, id: unknown): Promise<OrderRow | null> {
  const order = await loadByKey(loaders.orderById, id);
  return order !== null && mayReadOrder(caller, order) ? order : null;
}
