import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';
import { gunzipSync, constants as zlib } from 'node:zlib';

/** What the first bytes of a file say about all of it. */
export interface FileShape {
  readonly isGzip: boolean;
  readonly encoding: Encoding;
  readonly format: 'csv' | 'ndjson';
  /** CSV only. */
  readonly delimiter: string;
  /** The columns of the header, or the keys of the first object (inner ones as location.lat). */
  readonly columns: readonly string[];
}

/** Labels that TextDecoder knows. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

const sampleBytes = 256 * 1024;

/**
 * Finds out by content, never by name, how a file is to be read: feeds are called .csv when they are gzipped, and .txt when they are CSV.
 * @throws Error for an empty file, or a JSON array instead of a line per object
 */
export async function sniffFile(path: string, forcedEncoding?: Encoding): Promise<FileShape> {
  const raw = await readHead(path);
  const isGzip = raw[0] === 0x1f && raw[1] === 0x8b;
  const bytes = isGzip ? gunzipHead(raw, path) : raw;
  const encoding = forcedEncoding ?? sniffEncoding(bytes);
  const text = new TextDecoder(encoding).decode(bytes, { stream: true });
  const firstLine = text.split(/\r\n|\n|\r/).find((line) => line.trim() !== '');
  if (firstLine === undefined) throw new Error(`${path} is empty`);
  if (firstLine.trimStart().startsWith('[')) {
    throw new Error(`${path} is one JSON array; write one object on each line (NDJSON) instead`);
  }
  if (firstLine.trimStart().startsWith('{')) {
    return { isGzip, encoding, format: 'ndjson', delimiter: '', columns: keysOf(firstLine) };
  }
  const delimiter = sniffDelimiter(firstLine);
  return { isGzip, encoding, format: 'csv', delimiter, columns: splitHeader(firstLine, delimiter) };
}

async function readHead(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const buffer = Buffer.alloc(sampleBytes);
    const { bytesRead } = await file.read(buffer, 0, sampleBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function gunzipHead(raw: Buffer, path: string): Buffer {
  try {
    // Z_SYNC_FLUSH: the sample ends in the middle of the stream, which is no error here.
    return gunzipSync(raw, { finishFlush: zlib.Z_SYNC_FLUSH, maxOutputLength: 64 * 1024 * 1024 });
  } catch (cause) {
    throw new Error(`${path} begins as gzip does, but cannot be unpacked`, { cause });
  }
}

function sniffEncoding(bytes: Buffer): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  // The sample may end within a character, which takes at most four bytes.
  const whole = [0, 1, 2, 3].some((cut) => isUtf8(bytes.subarray(0, bytes.length - cut)));
  return whole ? 'utf-8' : 'windows-1252';
}

/** The one of four that occurs most outside of quotes in the header. */
function sniffDelimiter(header: string): string {
  const bare = header.replaceAll(/"[^"]*"/g, '');
  const counted = [',', ';', '\t', '|'].map((delimiter) => ({ delimiter, times: bare.split(delimiter).length }));
  return counted.reduce((best, next) => (next.times > best.times ? next : best)).delimiter;
}

function splitHeader(header: string, delimiter: string): string[] {
  return header
    .replace(/^\uFEFF/, '')
    .split(delimiter)
    .map((name) => name.trim().replace(/^"(.*)"$/, '$1'));
}

function keysOf(line: string): string[] {
  try {
    const value: unknown = JSON.parse(line.replace(/^\uFEFF/, ''));
    return typeof value === 'object' && value !== null ? innerKeys(value, '') : [];
  } catch {
    return []; // said with its line number when the rows are read
  }
}

function innerKeys(value: object, prefix: string): string[] {
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? [`${prefix}${key}`, ...innerKeys(inner, `${prefix}${key}.`)]
      : [`${prefix}${key}`],
  );
}
