import type { CategoryParent } from '../parents.ts';
import type { Reader } from '../reader.ts';

const categoryColumns = ['id', 'name', 'parent_id as parentId'] as const;

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

/** The categories right below one, or the top ones, by name. */
export async function listCategories(
  { db, signal }: Reader,
  parentId: string | undefined,
  limit: number,
): Promise<CategoryParent[]> {
  return db
    .selectFrom('category')
    .select(categoryColumns)
    .where((eb) => (parentId === undefined ? eb('parent_id', 'is', null) : eb('parent_id', '=', parentId)))
    .orderBy('name')
    .orderBy('id')
    .limit(limit)
    .execute({ signal });
}
