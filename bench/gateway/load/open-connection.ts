import { once } from 'node:events';
import { connect } from 'node:net';
import { createMessageReader } from '../../rig/http1/message-reader.ts';

/** A kept-alive connection that carries one request at a time. */
export interface Connection {
  /** Sends a request and calls back with the answer's head and body. A broken connection calls back with its reason instead. */
  send(request: Buffer, onAnswer: (head: string, body: Buffer) => void): void;
  close(): void;
}

/** Opens a connection to a port of the loopback. `onBroken` is told once when it ends while it is still wanted. */
export async function openConnection(port: number, onBroken: (reason: string) => void): Promise<Connection> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  let onAnswer: ((head: string, body: Buffer) => void) | undefined;
  let isWanted = true;
  const breakOff = (reason: string) => {
    if (isWanted) onBroken(reason);
    isWanted = false;
    socket.destroy();
  };
  const read = createMessageReader((head, body) => {
    const answered = onAnswer;
    onAnswer = undefined;
    answered?.(head, body);
  });
  socket.on('data', (chunk: Buffer) => {
    try {
      read(chunk);
    } catch (error) {
      breakOff(String(error));
    }
  });
  socket.on('error', (error) => breakOff(error.message));
  socket.on('close', () => breakOff('The gateway closed the connection.'));
  return {
    send(request, callback) {
      onAnswer = callback;
      socket.write(request);
    },
    close() {
      isWanted = false;
      socket.destroy();
    },
  };
}
