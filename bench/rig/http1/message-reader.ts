/** Bytes that a message may have; more is a broken peer. */
const maxMessageBytes = 16 * 1024 * 1024;
const headEnd = Buffer.from('\r\n\r\n');

/** What a message began with (without the empty line) and its body. */
export type OnMessage = (head: string, body: Buffer) => void;

/**
 * Cuts the bytes of an HTTP/1.1 connection into messages; the same for requests and responses. Just enough for loopback peers
 * that are known (Content-Length or chunked, no trailers): node:http on both sides took as much of the second core as the gateway
 * had of the first, and then the rig is what is measured. Returns a function to be called with each chunk; it throws on what it cannot read.
 */
export function createMessageReader(onMessage: OnMessage): (chunk: Buffer) => void {
  let chunks: Buffer[] = [];
  let size = 0;
  let wanted = 1;

  return (chunk) => {
    chunks.push(chunk);
    size += chunk.length;
    if (size < wanted) return;
    let rest = chunks.length === 1 ? chunk : Buffer.concat(chunks, size);
    while (rest.length > 0) {
      const message = readMessage(rest);
      if (typeof message === 'number') {
        wanted = message;
        break;
      }
      rest = rest.subarray(message.end);
      wanted = 1;
      onMessage(message.head, message.body);
    }
    if (wanted > maxMessageBytes) throw new Error(`A message of more than ${maxMessageBytes} bytes.`);
    chunks = rest.length === 0 ? [] : [rest];
    size = rest.length;
  };
}

interface Message {
  readonly head: string;
  readonly body: Buffer;
  readonly end: number;
}

/** The first message in the bytes, or how many bytes are needed before it is worth another look. */
function readMessage(bytes: Buffer): Message | number {
  const headLength = bytes.indexOf(headEnd);
  if (headLength === -1) return bytes.length + 1;
  const head = bytes.toString('latin1', 0, headLength);
  const start = headLength + headEnd.length;
  if (/\r\ntransfer-encoding: *chunked/i.test(head)) return readChunked(bytes, head, start);
  const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
  const end = start + length;
  return bytes.length < end ? end : { head, body: bytes.subarray(start, end), end };
}

function readChunked(bytes: Buffer, head: string, start: number): Message | number {
  const parts: Buffer[] = [];
  let at = start;
  for (;;) {
    const lineEnd = bytes.indexOf('\r\n', at);
    if (lineEnd === -1) return bytes.length + 1;
    const length = Number.parseInt(bytes.toString('latin1', at, lineEnd), 16);
    if (Number.isNaN(length)) throw new Error('A chunk without a length.');
    const next = lineEnd + 2 + length + 2;
    if (bytes.length < next) return next;
    if (length === 0) return { head, body: Buffer.concat(parts), end: next };
    parts.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + length));
    at = next;
  }
}
