import { connect } from 'node:net';
import { toFrame } from '../../gateway/live/raw-socket.ts';
import { afterHandshake, handshake, readFrames, type ServerFrame } from './read-frames.ts';
import { exchange } from './send-framing.ts';

export interface SocketAnswer {
  readonly texts: readonly string[];
  /** Undefined when the connection ended without one. */
  readonly closeCode: number | undefined;
}

const deadlineMs = 30_000;
const goodbye = toFrame({ opcode: 8, payload: Buffer.from([0x03, 0xe8]) });

interface Conversation {
  readonly greeting: Buffer | undefined;
  readonly bytes: Buffer;
  readonly awaited: ReadonlySet<string>;
}

/** Greets, sends the rest once that is acknowledged, waits until every awaited operation is answered or the server has had enough, and says goodbye. */
export async function sendMessages(port: number, { greeting, bytes, awaited }: Conversation): Promise<SocketAnswer> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  const left = new Set(awaited);
  const texts: string[] = [];
  let closeCode: number | undefined;
  let received: Buffer = Buffer.alloc(0);
  let isOpen = false;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const sendAll = (): void => void socket.write(left.size === 0 ? Buffer.concat([bytes, goodbye]) : bytes);
  const see = ({ opcode, payload }: ServerFrame): void => {
    if (opcode === 8) {
      closeCode = payload.length < 2 ? 1005 : payload.readUInt16BE(0);
      socket.end(goodbye);
    }
    if (opcode !== 1) return;
    const text = payload.toString();
    texts.push(text);
    const { type, id } = JSON.parse(text) as { readonly type?: string; readonly id?: string };
    if (type === 'connection_ack') sendAll();
    if (id === undefined || !(type === 'complete' || type === 'error') || !left.delete(id)) return;
    if (left.size === 0) socket.write(goodbye);
  };
  const read = (): void => {
    if (!isOpen) {
      const rest = afterHandshake(received);
      if (rest === undefined) return;
      isOpen = true;
      received = Buffer.from(rest);
      if (greeting === undefined) sendAll();
    }
    const { frames, size } = readFrames(received);
    received = received.subarray(size);
    for (const frame of frames) see(frame);
  };
  const deadline = setTimeout(
    () => reject(new Error(`Not answered in ${deadlineMs} ms: ${[...left].join()}`)),
    deadlineMs,
  );
  socket.on('data', (chunk: Buffer) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
    try {
      read();
    } catch (error) {
      reject(error);
    }
  });
  socket.on('error', () => undefined);
  socket.on('close', () => resolve());
  socket.write(greeting === undefined ? handshake : Buffer.concat([handshake, greeting]));
  try {
    await promise;
  } finally {
    clearTimeout(deadline);
    socket.destroy();
  }
  return { texts, closeCode };
}

/** Sends frames and ends the connection behind them. */
export async function sendFrames(port: number, bytes: Buffer): Promise<SocketAnswer> {
  const rest = afterHandshake(await exchange(port, Buffer.concat([handshake, bytes])));
  const { frames } = readFrames(rest ?? Buffer.alloc(0));
  const close = frames.find(({ opcode }) => opcode === 8)?.payload;
  return {
    texts: frames.filter(({ opcode }) => opcode === 1).map(({ payload }) => payload.toString()),
    closeCode: close === undefined ? undefined : close.length < 2 ? 1005 : close.readUInt16BE(0),
  };
}
