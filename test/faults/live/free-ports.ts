import { createServer } from 'node:net';

/**
 * Ports that nobody listens on, below those that the system gives to outgoing connections: a client that knocks at the port of a killed process
 * again and again would otherwise be given that very port some time, and connect to itself.
 */
export async function findFixedPorts<Name extends string>(names: readonly Name[]): Promise<Record<Name, number>> {
  const ports = new Map<Name, number>();
  let port = 20_000 + ((process.pid * 16) % 10_000);
  for (const name of names) {
    while (!(await isFree(port))) port++;
    ports.set(name, port++);
  }
  return Object.fromEntries(ports) as Record<Name, number>;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
