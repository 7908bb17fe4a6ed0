import type { Reader } from '../reader.ts';

/** Promotions by id, in the order of the ids, running or not; undefined where there is none. */
export async function findPromotions({ db, signal }: Reader, ids: readonly string[]) {
  const rows = await db
    .selectFrom('promotion')
    .select(['id', 'title', 'starts_at as startsAt', 'ends_at as endsAt'])
    .where((eb) => eb('id', '=', eb.fn.any(eb.val([...ids]))))
    .execute({ signal });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => byId.get(id));
}
