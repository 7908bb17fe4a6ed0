/** A frame that a server sent. */
export interface ServerFrame {
  readonly opcode: number;
  readonly payload: Buffer;
}

/** The frames that are here whole, and how many bytes they took. Throws for one that no server may send. */
export function readFrames(bytes: Buffer): { readonly frames: readonly ServerFrame[]; readonly size: number } {
  const frames: ServerFrame[] = [];
  let at = 0;
  while (at + 2 <= bytes.length) {
    const [first = 0, second = 0] = [bytes[at], bytes[at + 1]];
    if ((first & 0x70) !== 0 || (first & 0x80) === 0) throw new Error('A frame with reserved bits, or in parts.');
    if ((second & 0x80) !== 0) throw new Error('A masked frame from a server.');
    const short = second & 0x7f;
    const headSize = short === 127 ? 10 : short === 126 ? 4 : 2;
    if (at + headSize > bytes.length) break;
    const size =
      short === 127 ? Number(bytes.readBigUInt64BE(at + 2)) : short === 126 ? bytes.readUInt16BE(at + 2) : short;
    if (at + headSize + size > bytes.length) break;
    frames.push({ opcode: first & 0x0f, payload: bytes.subarray(at + headSize, at + headSize + size) });
    at += headSize + size;
  }
  return { frames, size: at };
}

/** The request that opens a WebSocket. */
export const handshake = Buffer.from(
  'GET /graphql HTTP/1.1\r\nhost: x\r\nupgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n' +
    'sec-websocket-version: 13\r\nsec-websocket-protocol: graphql-transport-ws\r\nsec-websocket-extensions: permessage-deflate\r\n\r\n',
);

/** The bytes behind the server's half of the handshake; undefined while that is not here. Throws when it was refused. */
export function afterHandshake(bytes: Buffer): Buffer | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const head = bytes.toString('latin1', 0, end);
  if (!head.startsWith('HTTP/1.1 101') || /permessage-deflate/i.test(head)) throw new Error(`No WebSocket: ${head}`);
  return bytes.subarray(end + 4);
}
