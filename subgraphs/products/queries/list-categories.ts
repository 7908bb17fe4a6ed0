import type { CategoryParent } from '../parents.ts';
import type { Reader } from '../reader.ts';
import { categoryColumns } from './category-columns.ts';

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
