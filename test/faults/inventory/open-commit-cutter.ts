import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** What becomes of a COMMIT: it is done and its answer is lost, or it never arrives. */
export type Cut = 'ANSWER' | 'REQUEST';

/** A way to Postgres that loses connections at the worst moment. Must be closed. */
export interface CommitCutter {
  readonly port: number;
  /** The next COMMIT that passes is cut, and its connection with it. */
  cutNext(cut: Cut): void;
  /** How many were cut so far. */
  readonly cuts: Readonly<Record<Cut, number>>;
  close(): Promise<void>;
}

/** What the driver sends to commit: a message of its own, with nothing behind it until the answer is there. */
const commit = Buffer.from('commit\0');

/** Listens on the loopback and leads to wherever the server is by then. */
export async function openCommitCutter(targetPort: () => number): Promise<CommitCutter> {
  const cuts = { ANSWER: 0, REQUEST: 0 };
  const waiting: Cut[] = [];
  const open = new Set<Socket>();

  const listener = createServer((client) => {
    const server = connect(targetPort(), '127.0.0.1');
    const end = () => {
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) {
      open.add(socket);
      socket.setNoDelay(true);
      socket.on('error', end);
      socket.on('close', () => {
        open.delete(socket);
        end();
      });
    }
    let isAnswerLost = false;
    client.on('data', (chunk: Buffer) => {
      const cut = chunk.includes(commit) ? waiting.shift() : undefined;
      if (cut !== undefined) cuts[cut] += 1;
      if (cut === 'REQUEST') return end();
      isAnswerLost = cut === 'ANSWER';
      server.write(chunk);
    });
    server.on('data', (chunk: Buffer) => {
      // The server has committed and says so; nobody hears it.
      if (isAnswerLost) end();
      else client.write(chunk);
    });
  }).listen(0, '127.0.0.1');
  await once(listener, 'listening');
  return {
    port: (listener.address() as AddressInfo).port,
    cutNext: (cut) => void waiting.push(cut),
    cuts,
    async close() {
      for (const socket of open) socket.destroy();
      listener.close();
      await once(listener, 'close');
    },
  };
}
