const productFields = ['name', 'price', 'weight', 'inStock', 'shippingEstimate', 'reviews { id rating }'] as const;
const personFields = ['name', 'username', 'birthday', 'reviews { id rating product { name } }'] as const;

/**
 * The document of one stranger: valid, two or three subgraphs, and different from every other by its name and alias as well as, for 315
 * in turn, by what it asks for. So it has to be parsed, validated and planned, whatever a gateway remembers.
 */
export function strangerDocument(number: number): string {
  const product = choose(productFields, 1 + (number % 63));
  const person = choose(personFields, 1 + (number % 15));
  return `query Stranger${number} { p${number}: product(upc: "${1 + (number % 500)}") { ${product} } user(id: "${1 + (number % 6)}") { ${person} } }`;
}

/** The fields whose bit is set. */
function choose(fields: readonly string[], bits: number): string {
  return fields.filter((_, i) => (bits & (1 << i)) !== 0).join(' ');
}
