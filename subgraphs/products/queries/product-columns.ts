/** What is read of a product's row: all but its origin and its search vector. */
export const productColumns = [
  'product.id',
  'product.handle',
  'product.title',
  'product.description',
  'product.updated_at as updatedAt',
] as const;
