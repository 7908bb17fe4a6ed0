/** A row of a Markdown table. */
export function toLine(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** Three figures are what two shared cores can tell; a dash where there was nothing to measure. */
export function format(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (value >= 100) return Math.round(value).toLocaleString('en');
  return value >= 10 ? value.toFixed(1) : value.toPrecision(2);
}
