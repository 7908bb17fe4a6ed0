import { openText } from './open-text.ts';
import { readCsv } from './read-csv.ts';
import { readNdjson } from './read-ndjson.ts';
import type { BrokenRow, Row } from './row.ts';
import type { FileShape } from './sniff-file.ts';

/** The rows of a file, one after the other: what is in memory is a piece of 256 KiB, whatever the size of the file. */
export function readRows(
  path: string,
  shape: FileShape,
  signal: AbortSignal,
  onBytes: (bytesRead: number) => void = () => undefined,
): AsyncGenerator<Row | BrokenRow> {
  const text = openText(path, shape, signal, onBytes);
  return shape.format === 'csv' ? readCsv(text, shape.delimiter) : readNdjson(text);
}
