/** A row of a Markdown table. */
export function toLine(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** Three figures are what two shared cores can tell. */
export function format(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en');
  return value >= 10 ? value.toFixed(1) : value.toPrecision(2);
}
