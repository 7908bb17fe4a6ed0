import { createServer, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import { type ErrorCode, errorCatalogue, shownError } from '../errors.ts';
import { isWithinAnswer } from './connections.ts';
import { toErrorAnswer } from './error-answer.ts';
import { readRequestId } from './request-id.ts';

export interface HttpServerOptions {
  readonly logger: FastifyBaseLogger;
  readonly trustedProxies: readonly string[];
  readonly headersTimeoutMs: number;
  readonly requestTimeoutMs: number;
  readonly answerTimeoutMs: number;
  readonly operationDeadlineMs: number;
  readonly keepAliveTimeoutMs: number;
  readonly maxHeaderBytes: number;
  readonly maxHeaders: number;
  readonly maxConnections: number;
  readonly maxBodyBytes: number;
  /** Where a request is routed to instead of its own URL. */
  readonly rewriteUrl: (request: IncomingMessage) => string;
}

/** A Fastify server with our bounds and our errors, and no route yet. Close it when done. */
export function createHttpServer(options: HttpServerOptions): FastifyInstance {
  const app = Fastify({
    loggerInstance: options.logger,
    logController: new Fastify.LogController({ disableRequestLogging: true }), // operations are logged, not requests
    genReqId: readRequestId,
    childLoggerFactory: (logger) => logger, // the id stands in what is logged
    rewriteUrl: options.rewriteUrl,
    bodyLimit: options.maxBodyBytes,
    trustProxy: options.trustedProxies.length === 0 ? false : [...options.trustedProxies],
    return503OnClosing: false, // the drain answers every request that was accepted
    forceCloseConnections: false,
    exposeHeadRoutes: false,
    clientErrorHandler: answerBrokenRequest,
    frameworkErrors: (error, request, reply) => sendError(error, request, reply),
    serverFactory: (handler) => {
      const server = createServer(
        {
          maxHeaderSize: options.maxHeaderBytes,
          headersTimeout: options.headersTimeoutMs,
          requestTimeout: options.requestTimeoutMs,
          keepAliveTimeout: options.keepAliveTimeoutMs,
          connectionsCheckingInterval: Math.min(1_000, options.headersTimeoutMs / 4),
          insecureHTTPParser: false,
          requireHostHeader: true,
          // To HTTP/2, as some clients offer with every request, is not gone.
          shouldUpgradeCallback: ({ headers }) => headers.upgrade?.toLowerCase() === 'websocket',
        },
        handler,
      );
      // While a request is answered, for which nothing moves until its operation has ended; what lives longer lifts it.
      server.timeout = Math.max(options.answerTimeoutMs, options.operationDeadlineMs + 1_000);
      server.maxConnections = options.maxConnections;
      server.maxHeadersCount = options.maxHeaders + 1; // one more than allowed, so that "too many" can be seen
      return server;
    },
  });
  app.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id).header('x-content-type-options', 'nosniff');
    if (request.raw.rawHeaders.length <= 2 * options.maxHeaders) return done();
    void reply.header('connection', 'close');
    done(shownError('HEADERS_TOO_LARGE', `The request has more than ${options.maxHeaders} headers.`));
  });
  app.setErrorHandler(sendError);
  app.setNotFoundHandler((request, reply) => {
    const { method } = request;
    if (method === 'GET' || method === 'HEAD' || method === 'POST')
      throw shownError('NOT_FOUND', 'There is nothing here.');
    void reply.header('allow', 'GET, POST');
    throw shownError('METHOD_NOT_ALLOWED', 'The methods are GET and POST.');
  });
  return app;
}

function sendError(error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply): void {
  const refusal = toErrorAnswer(error, request.headers.accept, request.id, request.log);
  const { status, contentType, body, isLast, retryAfterSeconds } = refusal;
  if (isLast) void reply.header('connection', 'close');
  if (retryAfterSeconds !== undefined) void reply.header('retry-after', retryAfterSeconds);
  void reply.code(status).header('content-type', contentType).send(body);
}

/** What cannot be parsed as HTTP gets an answer of ours and loses its connection. */
function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  // A second answer within the first would be read as a part of it.
  if (error.code === 'ECONNRESET' || !socket.writable || isWithinAnswer(socket)) {
    socket.destroy();
    return;
  }
  const code = brokenRequestCode(error.code);
  const { status, meaning } = errorCatalogue[code];
  const body = JSON.stringify({ errors: [{ message: `Refused: ${meaning}.`, extensions: { code } }] });
  socket.end(
    `HTTP/1.1 ${status} ${status === 400 ? 'Bad Request' : 'Refused'}\r\nconnection: close\r\n` +
      `content-type: application/json; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    () => socket.destroy(),
  );
}

function brokenRequestCode(code: string | undefined): ErrorCode {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return 'REQUEST_TIMEOUT';
    case 'HPE_HEADER_OVERFLOW':
      return 'HEADERS_TOO_LARGE';
    default:
      return 'BAD_REQUEST';
  }
}
