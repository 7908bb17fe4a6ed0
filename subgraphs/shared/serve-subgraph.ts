import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import Fastify from 'fastify';
import type { Subgraph } from './create-subgraph.ts';
import { serveSubscriptions } from './serve-subscriptions.ts';

/** A subgraph behind a port. */
export interface ServedSubgraph {
  /** Where its operations go: http://host:port/graphql. */
  readonly url: string;
  /** Finishes what runs, then frees the port. Closing twice is safe. */
  close(): Promise<void>;
}

export interface ServeOptions {
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
  /** Whether what the subgraph needs, its database above all, answers. */
  readonly isReady: () => Promise<boolean>;
}

const maxBodyBytes = 4 * 1024 * 1024;

/**
 * Puts a subgraph behind `POST /graphql`, its subscriptions behind a WebSocket on the same path, with `/health/live` and
 * `/health/ready`. There is no more HTTP than the gateway needs: it is the only caller, and both ways to a subgraph run the same
 * `execute` and `subscribe`.
 */
export async function serveSubgraph(subgraph: Subgraph, options: ServeOptions): Promise<ServedSubgraph> {
  const server = Fastify({
    bodyLimit: maxBodyBytes,
    forceCloseConnections: 'idle',
    routerOptions: { ignoreTrailingSlash: false },
  });

  server.post('/graphql', async (request, reply) => {
    const operation = readOperation(request.body);
    if (operation === undefined) {
      return reply
        .code(400)
        .send({ errors: [{ message: 'The body is no GraphQL request.', extensions: { code: 'BAD_REQUEST' } }] });
    }
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    return subgraph.execute({ ...operation, headers: singleHeaders(request.headers), signal: gone.signal });
  });
  server.get('/health/live', () => ({ status: 'live' }));
  server.get('/health/ready', async (_request, reply) => {
    const ready = await options.isReady().catch(() => false);
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready' });
  });

  const subscriptions = serveSubscriptions(server.server, subgraph, '/graphql', ({ headers }) =>
    singleHeaders(headers),
  );
  await server.listen({ host: options.host, port: options.port });
  const { port } = server.server.address() as AddressInfo;
  let closing: Promise<void> | undefined;
  return {
    url: `http://${options.host}:${port}/graphql`,
    close: () => {
      closing ??= subscriptions.close().then(() => server.close());
      return closing;
    },
  };
}

function readOperation(body: unknown) {
  if (typeof body !== 'object' || body === null || !('query' in body) || typeof body.query !== 'string')
    return undefined;
  const { variables, operationName } = body as { variables?: unknown; operationName?: unknown };
  return {
    query: body.query,
    operationName: typeof operationName === 'string' ? operationName : undefined,
    variables: typeof variables === 'object' && variables !== null ? (variables as Record<string, unknown>) : undefined,
  };
}

function singleHeaders(incoming: IncomingHttpHeaders): Record<string, string> {
  const headers: Record<string, string> = Object.create(null);
  for (const [name, value] of Object.entries(incoming)) if (typeof value === 'string') headers[name] = value;
  return headers;
}
