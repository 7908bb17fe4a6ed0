/**
 * Lines with the same key as one, their quantities summed, in the order in which each key came first: checked one by one,
 * two lines of the same SKU would each pass for what is there only once.
 */
export function sumLines<Line extends { readonly quantity: number }>(
  lines: readonly Line[],
  keyOf: (line: Line) => string,
): readonly Line[] {
  const sums = new Map<string, Line>();
  for (const line of lines) {
    const sum = sums.get(keyOf(line));
    sums.set(keyOf(line), sum === undefined ? line : { ...sum, quantity: sum.quantity + line.quantity });
  }
  return [...sums.values()];
}
