import { Readable } from 'node:stream';
import { type CsvError, parse } from 'csv-parse';
import type { BrokenRow, Row } from './row.ts';

/** A row larger than this is a quote that was never closed: the rest of the file would be read as one field. */
const maxRowBytes = 1024 * 1024;

interface Parsed {
  readonly record: readonly string[];
  /** `lines`: how many lines were read when the record ended. */
  readonly info: { readonly lines: number };
}

/**
 * The rows of a CSV text, the header being the first. Rows with too few or too many fields come as broken rows; the others are read.
 * Quotes that are astray stay in the text.
 * @throws Error when a row is over 1 MiB
 */
export async function* readCsv(text: AsyncIterable<string>, delimiter: string): AsyncGenerator<Row | BrokenRow> {
  const skipped: BrokenRow[] = [];
  const parser = parse({
    bom: true,
    delimiter,
    info: true,
    relax_column_count: true,
    // A quote astray is text. Otherwise the parser would begin anew behind it, in the wrong state, and take the rest of the file for one row.
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: maxRowBytes,
    skip_records_with_error: true,
    on_skip: (error: CsvError | undefined) => {
      if (error?.code === 'CSV_MAX_RECORD_SIZE') throw error;
      skipped.push({ line: Number(error?.lines ?? 0), problem: `not readable as CSV: ${describe(error)}` });
      return undefined;
    },
  });
  const source = Readable.from(text, { objectMode: false });
  source.once('error', (error) => parser.destroy(error));
  source.pipe(parser);
  let header: Header | undefined;
  try {
    for await (const parsed of parser as AsyncIterable<Parsed>) {
      yield* skipped.splice(0);
      if (header === undefined) header = toHeader(parsed.record);
      else yield toRow(header, parsed);
    }
    yield* skipped.splice(0);
  } finally {
    source.destroy();
    parser.destroy();
  }
}

interface Header {
  readonly names: readonly string[];
  readonly indexOf: ReadonlyMap<string, number>;
}

function toHeader(record: readonly string[]): Header {
  const names = record.map((name) => name.trim());
  return { names, indexOf: new Map(names.map((name, index) => [name, index])) };
}

function toRow({ names, indexOf }: Header, { record, info }: Parsed): Row | BrokenRow {
  const line = info.lines - countNewLines(record);
  if (record.length !== names.length) {
    return { line, problem: `${record.length} fields where the header has ${names.length}` };
  }
  return {
    line,
    read: (column) => {
      const index = indexOf.get(column);
      return index === undefined ? undefined : record[index];
    },
  };
}

function countNewLines(record: readonly string[]): number {
  let count = 0;
  for (const field of record) {
    for (let at = field.indexOf('\n'); at !== -1; at = field.indexOf('\n', at + 1)) count++;
  }
  return count;
}

function describe(error: CsvError | undefined): string {
  return error === undefined ? 'no reason given' : error.message.replace(/ at line \d+.*$/, '');
}
