import type { IncomingMessage } from 'node:http';

/** Larger bodies come in several reads, and are not looked at. */
const maxBytes = 32 * 1024;
/** Requests whose bodies are waited for. */
const maxWaiting = 200;
let waiting = 0;

/** Whether nothing of a request is still to come. */
export function isWhole({ complete, headers, readableLength }: IncomingMessage): boolean {
  const length = headers['content-length'];
  if (complete || (length === undefined && headers['transfer-encoding'] === undefined)) return true;
  return readableLength === Number(length);
}

/**
 * Calls back with the body of a request once it is here whole, and puts it back, so that whoever comes next can read it. Without it when it is long, or when too
 * many are waited for. Never calls back when the client leaves before.
 */
export function whenWhole(request: IncomingMessage, then: (bytes: Buffer | undefined) => void): void {
  const length = Number(request.headers['content-length']);
  if (!(length > 0 && length <= maxBytes)) {
    then(undefined);
    return;
  }
  // The bytes that came with the head are read after this.
  process.nextTick(() => {
    const bytes = takeWhole(request, length);
    if (bytes !== undefined || waiting >= maxWaiting) then(bytes);
    else waitFor(request, length, then);
  });
}

function waitFor(request: IncomingMessage, length: number, then: (bytes: Buffer) => void): void {
  waiting++;
  const end = (): void => {
    waiting--;
    request.removeListener('readable', onReadable);
    request.removeListener('close', end);
  };
  const onReadable = (): void => {
    const bytes = takeWhole(request, length);
    if (bytes === undefined) return;
    end();
    then(bytes);
  };
  request.on('readable', onReadable);
  request.once('close', end);
}

function takeWhole(request: IncomingMessage, length: number): Buffer | undefined {
  if (request.readableLength !== length) return undefined;
  const bytes: Buffer | null = request.read();
  if (bytes === null) return undefined;
  request.unshift(bytes);
  return bytes;
}
