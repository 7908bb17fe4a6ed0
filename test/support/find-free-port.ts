import { once } from 'node:events';
import { createServer } from 'node:net';

/** A port of the loopback address that nobody listens at now; for somebody who comes later. */
export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('A TCP server has a port.');
  return address.port;
}
