import { once } from 'node:events';
import { WebSocket } from 'ws';
import { changedQuery } from './live-graph.ts';

/** Many clients, each with a socket of its own. */
export interface Crowd {
  /** Events of the client that has the fewest. */
  leastEvents(): number;
  /** Throws unless every client has had exactly these cursors, in this order. */
  check(cursors: readonly string[]): void;
  leave(): Promise<void>;
}

const openedAtOnce = 100;

/** Opens clients that follow the shelf `a`; they keep the cursors they get and nothing else. Leave it when done. */
export async function openCrowd(url: string, count: number): Promise<Crowd> {
  const clients: { readonly socket: WebSocket; readonly cursors: string[]; readonly faults: string[] }[] = [];
  const open = async (): Promise<void> => {
    const socket = new WebSocket(url, 'graphql-transport-ws');
    const [cursors, faults]: [string[], string[]] = [[], []];
    clients.push({ socket, cursors, faults });
    socket.on('message', (data) => {
      const text = String(data);
      const cursor = /"cursor":"(c\d+)"/.exec(text)?.[1];
      if (text.includes('"connection_ack"')) {
        const payload = { query: changedQuery, variables: { shelf: 'a' } };
        socket.send(JSON.stringify({ type: 'subscribe', id: `client ${clients.length}`, payload }));
      } else if (cursor !== undefined && text.includes('"next"')) cursors.push(cursor);
      else faults.push(text);
    });
    await once(socket, 'open');
    socket.send('{"type":"connection_init"}');
  };
  while (clients.length < count) {
    await Promise.all(Array.from({ length: Math.min(openedAtOnce, count - clients.length) }, open));
  }
  return {
    leastEvents: () => Math.min(...clients.map(({ cursors }) => cursors.length)),
    check(expected) {
      for (const { cursors, faults } of clients) {
        if (faults.length > 0 || cursors.join() !== expected.join()) {
          throw new Error(`A client got ${cursors.join()} instead of ${expected.join()}; ${faults[0] ?? 'no faults'}`);
        }
      }
    },
    async leave() {
      await Promise.all(
        clients.map(({ socket }) => {
          const closed = once(socket, 'close');
          socket.close();
          return closed;
        }),
      );
    },
  };
}
