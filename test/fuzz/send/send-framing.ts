import { connect } from 'node:net';
import { type HttpAnswer, readHttpAnswer } from './read-http-answer.ts';

const deadlineMs = 30_000;

/** Sends bytes on a connection of its own, ends it behind them, and gives all answers. Throws when the other side leaves it open. */
export async function sendFraming(port: number, bytes: Buffer): Promise<readonly HttpAnswer[]> {
  let received = await exchange(port, bytes);
  const answers: HttpAnswer[] = [];
  while (received.length > 0) {
    const taken = readHttpAnswer(received);
    // A connection may be cut anywhere, once its other side has ended it.
    if (taken === undefined) break;
    answers.push(taken.answer);
    received = received.subarray(taken.size);
  }
  return answers;
}

/** All that comes back until the other side has ended too. */
export async function exchange(port: number, bytes: Buffer): Promise<Buffer> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  const chunks: Buffer[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const deadline = setTimeout(() => reject(new Error(`It was left open for ${deadlineMs} ms.`)), deadlineMs);
  socket.on('data', (chunk: Buffer) => void chunks.push(chunk));
  socket.on('error', () => undefined);
  socket.on('close', () => resolve(Buffer.concat(chunks)));
  socket.end(bytes);
  try {
    return await promise;
  } finally {
    clearTimeout(deadline);
    socket.destroy();
  }
}
