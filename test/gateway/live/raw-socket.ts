import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { waitUntil } from '../../support/wait-until.ts';

/** A WebSocket of which every byte is ours. */
export interface RawSocket {
  readonly socket: Socket;
  /** Sends bytes as they are. */
  write(bytes: Buffer): void;
  /** The code of the close frame that came; 1006 when the connection ended without one. */
  readonly closeCode: Promise<number>;
  destroy(): void;
}

/** Shakes hands at a ws:// address and leaves the rest to the caller. */
export async function openRawSocket(url: string): Promise<RawSocket> {
  const { hostname, port, pathname } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  let received = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
  });
  socket.write(
    `GET ${pathname} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
      `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\nSec-WebSocket-Version: 13\r\n` +
      'Sec-WebSocket-Protocol: graphql-transport-ws\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n',
  );
  const head = await waitUntil('the handshake is answered', () => {
    const end = received.indexOf('\r\n\r\n');
    return end >= 0 && received.subarray(0, end).toString();
  });
  if (!head.startsWith('HTTP/1.1 101')) throw new Error(head);
  received = received.subarray(head.length + 4);
  const closeCode = new Promise<number>((resolve) => {
    const look = (): void => {
      const code = readCloseCode(received);
      if (code !== undefined) resolve(code);
    };
    socket.on('data', look);
    socket.once('close', () => resolve(readCloseCode(received) ?? 1006));
    look();
  });
  return { socket, write: (bytes) => void socket.write(bytes), closeCode, destroy: () => void socket.destroy() };
}

/** Walks over the server's frames, which are short and unmasked here. */
function readCloseCode(bytes: Buffer): number | undefined {
  for (let at = 0; at + 2 <= bytes.length; ) {
    const opcode = (bytes[at] ?? 0) & 0x0f;
    const size = (bytes[at + 1] ?? 0) & 0x7f;
    if (opcode === 8) return size < 2 ? 1005 : bytes.readUInt16BE(at + 2);
    const isLong = size === 126;
    at += isLong ? 4 + bytes.readUInt16BE(at + 2) : 2 + size;
  }
  return undefined;
}

export interface FrameParts {
  /** 1 text, 2 binary, 8 close, 9 ping, 10 pong, 0 continuation. */
  readonly opcode: number;
  readonly payload?: Buffer;
  readonly isFinal?: boolean;
  /** The three reserved bits, 0 to 7. */
  readonly reserved?: number;
  readonly isMasked?: boolean;
  /** What the header says, when that is not the truth. */
  readonly announcedBytes?: number;
}

/** A frame as the protocol has it, or as it must not be. */
export function toFrame({
  opcode,
  payload = Buffer.alloc(0),
  isFinal = true,
  reserved = 0,
  isMasked = true,
  announcedBytes = payload.length,
}: FrameParts): Buffer {
  const first = (isFinal ? 0x80 : 0) | (reserved << 4) | opcode;
  const maskBit = isMasked ? 0x80 : 0;
  const mask = isMasked ? randomBytes(4) : Buffer.alloc(0);
  const body = isMasked ? Buffer.from(payload.map((byte, index) => byte ^ (mask[index % 4] ?? 0))) : payload;
  return Buffer.concat([toHead(first, maskBit, announcedBytes), mask, body]);
}

function toHead(first: number, maskBit: number, size: number): Buffer {
  if (size < 126) return Buffer.from([first, maskBit | size]);
  const isShort = size < 65_536;
  const head = Buffer.alloc(isShort ? 4 : 10);
  head.writeUInt8(first, 0);
  head.writeUInt8(maskBit | (isShort ? 126 : 127), 1);
  if (isShort) head.writeUInt16BE(size, 2);
  else head.writeBigUInt64BE(BigInt(size), 2);
  return head;
}
