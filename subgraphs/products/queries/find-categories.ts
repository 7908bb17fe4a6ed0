import type { CategoryParent } from '../parents.ts';
import type { Reader } from '../reader.ts';
import { categoryColumns } from './category-columns.ts';

/** Categories by id, in the order of the ids; undefined where there is none. */
export async function findCategories(
  { db, signal }: Reader,
  ids: readonly string[],
): Promise<(CategoryParent | undefined)[]> {
  const rows = await db
    .selectFrom('category')
    .select(categoryColumns)
    .where((eb) => eb('id', '=', eb.fn.any(eb.val([...ids]))))
    .execute({ signal });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => byId.get(id));
}
