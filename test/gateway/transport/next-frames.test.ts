import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { SharedFrames } from '../../../gateway/transport/next-frames.ts';

/** Both ends of connections over the loopback; the readers do not read yet. */
async function openPairs(count: number): Promise<AsyncDisposable & { writers: Socket[]; readers: Socket[] }> {
  const writers: Socket[] = [];
  const server = createServer((socket) => writers.push(socket)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const readers: Socket[] = [];
  for (let index = 0; index < count; index++) {
    const accepted = once(server, 'connection');
    const reader = connect({ port, host: '127.0.0.1' }).pause();
    readers.push(reader);
    await Promise.all([accepted, once(reader, 'connect')]);
  }
  return {
    writers,
    readers,
    [Symbol.asyncDispose]: async () => {
      for (const socket of [...writers, ...readers]) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The messages in a stream of unmasked text frames. */
function readFrames(bytes: Buffer): unknown[] {
  const messages: unknown[] = [];
  for (let at = 0; at < bytes.byteLength; ) {
    expect(bytes[at]).toBe(0x81);
    const short = bytes[at + 1] ?? 0;
    const head = short < 126 ? 2 : short === 126 ? 4 : 10;
    const length = head === 2 ? short : head === 4 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2));
    messages.push(JSON.parse(bytes.subarray(at + head, at + head + length).toString()));
    at += head + length;
  }
  return messages;
}

test('each client reads its own id and every body, also those whose bytes waited while others were written to', async () => {
  const ids = ['1', 'a much longer id, with "quotes" and ümlauts', '2', '3', 'x'.repeat(300)];
  await using pairs = await openPairs(ids.length);
  const frames = new SharedFrames();
  const ways = pairs.writers.map((writer, index) => frames.to(writer, ids[index] ?? ''));
  // Heads of all three forms; 8 MB in all is more than the kernel takes of a reader that does not read.
  const payloads = Array.from({ length: 24 }, (_, number) => ({
    number,
    pad: 'é'.repeat([1, 300, 500_000][number % 3] ?? 1),
  }));
  for (const payload of payloads) {
    const body = Buffer.from(JSON.stringify(payload));
    for (const way of ways) way.write(body);
  }
  expect(pairs.writers.some(({ writableLength }) => writableLength > 0)).toBe(true);
  for (const writer of pairs.writers) writer.end();
  const received = await Promise.all(pairs.readers.map((reader) => buffer(reader)));
  for (const [index, id] of ids.entries()) {
    const expected = payloads.map((payload) => ({ id, type: 'next', payload }));
    expect(readFrames(received[index] ?? Buffer.alloc(0))).toEqual(expected);
  }
});
