import type { BrokenRow, Row } from './row.ts';

/** A longer line is refused: no product has a megabyte to say. */
const maxLineLength = 1024 * 1024;

/** The rows of a text with one JSON object on each line. Lines that hold none come as broken rows; empty lines do not come. */
export async function* readNdjson(text: AsyncIterable<string>): AsyncGenerator<Row | BrokenRow> {
  let rest = '';
  let isTooLong = false;
  let line = 0;
  for await (const piece of text) {
    const lines = (line === 0 && rest === '' ? piece.replace(/^\uFEFF/, '') : piece).split('\n');
    const last = lines.pop() ?? '';
    for (const [index, part] of lines.entries()) {
      line++;
      const whole = index === 0 ? rest + part : part;
      if (index === 0) rest = '';
      if (isTooLong || whole.length > maxLineLength) yield { line, problem: 'a line of over 1 MiB' };
      else if (whole.trim() !== '') yield toRow(whole, line);
      isTooLong = false;
    }
    rest += last;
    if (rest.length > maxLineLength) {
      isTooLong = true;
      rest = '';
    }
  }
  if (isTooLong) yield { line: line + 1, problem: 'a line of over 1 MiB' };
  else if (rest.trim() !== '') yield toRow(rest, line + 1);
}

function toRow(text: string, line: number): Row | BrokenRow {
  const value = parseObject(text);
  if (value === undefined) return { line, problem: 'not a JSON object' };
  return { line, read: (path) => readPath(value, path) };
}

function parseObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function readPath(object: object, path: string): unknown {
  let value: unknown = object;
  for (const key of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}
