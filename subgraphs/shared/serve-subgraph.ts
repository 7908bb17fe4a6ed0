import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import Fastify, { type FastifyError } from 'fastify';
import { callerHeader } from './caller.ts';
import type { Subgraph } from './create-subgraph.ts';
import { serveSubscriptions } from './serve-subscriptions.ts';
import { createCallVerifier, signatureHeader } from './verify-call.ts';

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
  /** What the gateway and the siblings sign with; whoever does not is answered 401, `_service` and `_entities` included. */
  readonly secret: string;
  /** Whether what the subgraph needs, its database above all, answers. */
  readonly isReady: () => Promise<boolean>;
}

const maxBodyBytes = 4 * 1024 * 1024;

/**
 * Puts a subgraph behind `POST /graphql`, its subscriptions behind a WebSocket on the same path, with `/health/live` and
 * `/health/ready`. There is no more HTTP than the gateway needs: only what signs its calls is answered, and both ways to a subgraph
 * run the same `execute` and `subscribe`.
 */
export async function serveSubgraph(subgraph: Subgraph, options: ServeOptions): Promise<ServedSubgraph> {
  const server = Fastify({
    bodyLimit: maxBodyBytes,
    forceCloseConnections: 'idle',
    routerOptions: { ignoreTrailingSlash: false },
  });

  const isRightlySigned = createCallVerifier(subgraph.name, options.secret);
  const readJson = server.getDefaultJsonParser('error', 'error');
  server.removeAllContentTypeParsers();
  server.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    const statement = singleHeader(request.headers, callerHeader) ?? '';
    if (isRightlySigned(statement, singleHeader(request.headers, signatureHeader), body)) {
      return readJson(request, body, done);
    }
    done(unsigned());
  });
  // Also what has no body, or one that is not read.
  server.addHook('onRequest', async ({ url, headers }) => {
    if (!url.startsWith('/health/') && singleHeader(headers, signatureHeader) === undefined) throw unsigned();
  });
  server.setErrorHandler<FastifyError>(async (error, _request, reply) => {
    const status = error.statusCode ?? 500;
    const code = status === 401 ? 'UNAUTHENTICATED' : status < 500 ? 'BAD_REQUEST' : 'INTERNAL_SERVER_ERROR';
    const message = status < 500 ? error.message : 'The subgraph failed.';
    return reply.code(status).send({ errors: [{ message, extensions: { code } }] });
  });
  server.setNotFoundHandler(async (_request, reply) => {
    return reply.code(404).send({ errors: [{ message: 'There is nothing here.', extensions: { code: 'NOT_FOUND' } }] });
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

  const subscriptions = serveSubscriptions(server.server, subgraph, '/graphql', isRightlySigned);
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

function unsigned(): Error {
  return Object.assign(new Error('This call is not signed by the gateway.'), { statusCode: 401 });
}

/** A header that stands there once; twice is as good as not at all. */
function singleHeader(incoming: IncomingHttpHeaders, name: string): string | undefined {
  const value = incoming[name];
  return typeof value === 'string' && !value.includes(', ') ? value : undefined;
}

function singleHeaders(incoming: IncomingHttpHeaders): Record<string, string> {
  const headers: Record<string, string> = Object.create(null);
  for (const [name, value] of Object.entries(incoming)) if (typeof value === 'string') headers[name] = value;
  return headers;
}
