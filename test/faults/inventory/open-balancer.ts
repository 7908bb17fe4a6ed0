import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** One address in front of several processes. Must be closed. */
export interface Balancer {
  readonly port: number;
  /** How many connections each process got. */
  readonly connections: readonly number[];
  close(): Promise<void>;
}

/** Leads each new connection to the next of the ports, in turn: what a load balancer before subgraph processes does. */
export async function openBalancer(ports: readonly number[]): Promise<Balancer> {
  const connections = ports.map(() => 0);
  const open = new Set<Socket>();
  let turn = 0;
  const listener = createServer((client) => {
    const which = turn++ % ports.length;
    connections[which] = (connections[which] ?? 0) + 1;
    const server = connect(ports[which] ?? 0, '127.0.0.1');
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
    client.pipe(server).pipe(client);
  }).listen(0, '127.0.0.1');
  await once(listener, 'listening');
  return {
    port: (listener.address() as AddressInfo).port,
    connections,
    async close() {
      for (const socket of open) socket.destroy();
      listener.close();
      await once(listener, 'close');
    },
  };
}
