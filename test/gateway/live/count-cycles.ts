import { once } from 'node:events';
import { WebSocket } from 'ws';
import { changedQuery, type LiveGraph } from './live-graph.ts';

/**
 * Subscribes and completes, again and again, on one socket; a new one after each thousand. Every tenth subscription waits for its first
 * event, the others are left before it has come.
 */
export async function countCycles(graph: LiveGraph, cycles: number): Promise<void> {
  const perSocket = 1_000;
  for (let done = 0; done < cycles; done += perSocket) {
    const socket = new WebSocket(graph.socketUrl, 'graphql-transport-ws');
    const closed = once(socket, 'close');
    let onMessage = (_text: string): void => undefined;
    let onClose = (_code: number): void => undefined;
    socket.on('message', (data) => onMessage(String(data)));
    socket.once('close', (code) => onClose(code));
    const next = (type: string): Promise<void> =>
      new Promise((resolve, reject) => {
        onMessage = (text) => {
          const message = JSON.parse(text) as { readonly type: string };
          if (message.type === type) resolve();
          if (message.type === 'error') reject(new Error(text));
        };
        onClose = (code) => reject(new Error(`closed with ${code}`));
      });
    await once(socket, 'open');
    socket.send('{"type":"connection_init"}');
    await next('connection_ack');
    for (let cycle = 0; cycle < perSocket && done + cycle < cycles; cycle++) {
      const id = String(cycle);
      const payload = { query: changedQuery, variables: { shelf: 'a' } };
      const first = cycle % 10 === 0 ? next('next') : undefined;
      socket.send(JSON.stringify({ type: 'subscribe', id, payload }));
      await first;
      socket.send(JSON.stringify({ type: 'complete', id }));
    }
    // What was sent last has been read when the answer to this has come.
    socket.send('{"type":"ping"}');
    await next('pong');
    socket.close();
    await closed;
  }
}
