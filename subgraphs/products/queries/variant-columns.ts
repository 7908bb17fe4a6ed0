/** What is read of a variant's row. */
export const variantColumns = [
  'variant.sku',
  'variant.product_id as productId',
  'variant.gtin',
  'variant.title',
  'variant.options',
  'variant.position',
] as const;
