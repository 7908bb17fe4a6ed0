import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import type { FileShape } from './sniff-file.ts';

/**
 * The text of a file, a piece at a time: unpacked and decoded. `onBytes` is told how many bytes of the file were read by then.
 * @throws Error when the gzip stream is cut off or broken, or a byte is not of the encoding
 */
export async function* openText(
  path: string,
  shape: FileShape,
  signal: AbortSignal,
  onBytes: (bytesRead: number) => void,
): AsyncGenerator<string> {
  const file = createReadStream(path, { highWaterMark: 256 * 1024, signal });
  const unpacked = shape.isGzip ? file.pipe(createGunzip()) : file;
  file.once('error', (error) => unpacked.destroy(error));
  // A wrong byte after a clean beginning must not become a question mark in ten thousand titles.
  const decoder = new TextDecoder(shape.encoding, { fatal: true });
  try {
    for await (const piece of unpacked) {
      yield decode(decoder, piece as Buffer, path, shape);
      onBytes(file.bytesRead);
    }
    const rest = decode(decoder, undefined, path, shape);
    if (rest !== '') yield rest;
  } catch (error) {
    if (shape.isGzip && error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')) {
      throw new Error(`${path} is cut off or damaged: it cannot be unpacked to its end`, { cause: error });
    }
    throw error;
  } finally {
    unpacked.destroy();
    file.destroy();
  }
}

function decode(
  decoder: InstanceType<typeof TextDecoder>,
  piece: Buffer | undefined,
  path: string,
  shape: FileShape,
): string {
  try {
    return piece === undefined ? decoder.decode() : decoder.decode(piece, { stream: true });
  } catch (cause) {
    throw new Error(
      `${path} began as ${shape.encoding}, but has bytes that are not; name its encoding in the mapping (encoding: windows-1252)`,
      { cause },
    );
  }
}
