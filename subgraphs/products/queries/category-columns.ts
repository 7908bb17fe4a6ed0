/** What is read of a category's row. */
export const categoryColumns = ['id', 'name', 'parent_id as parentId'] as const;
