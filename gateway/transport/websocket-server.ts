import type { IncomingHttpHeaders, IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { GraphQLError, type GraphQLFormattedError, parse } from 'graphql';
import { CloseCode, handleProtocols, makeServer, type SubscribePayload } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { GatewayError, hiddenError, shownError } from '../errors.ts';
import { anonymous, anonymousKind, type Principal } from '../identity/principal.ts';
import { isOriginAllowed } from './check-origin.ts';
import { checkProofPlace } from './check-proof-place.ts';
import { isUnanswered } from './connections.ts';
import { createMessageRate } from './message-rate.ts';
import { SharedFrames } from './next-frames.ts';
import type { PingWheel } from './ping-wheel.ts';
import { readRequestId } from './request-id.ts';
import type { RequestLimits } from './request-limits.ts';
import { isRefused, withQuery } from './socket-messages.ts';
import { type StreamRules, toLiveError } from './stream-rules.ts';
import { type Lapse, watchPrincipal } from './watch-principal.ts';
import { OperationFailure, type SocketWay, startSocketOperation } from './websocket-operation.ts';

export interface WebSocketOptions {
  readonly path: string;
  readonly maxMessageBytes: number;
  readonly initTimeoutMs: number;
  readonly pings: PingWheel;
  readonly logger: { error(fields: object, message: string): void };
}

/** The gateway's WebSockets. */
export interface WebSockets {
  readonly open: number;
  /** Takes no more, and sends all away with 1012, some at a time, so that they do not all come back at once. */
  drain(): Promise<void>;
}

/** A socket; its principal is known once it has said connection_init. */
interface Connection extends SocketWay {
  readonly request: IncomingMessage;
  readonly gone: AbortController;
  caller?: {
    readonly principal: Principal;
    readonly limits: RequestLimits;
    /** The proof, to be looked at again when it has changed. */
    readonly headers: IncomingHttpHeaders;
    readonly leave: () => void;
  };
  /** Ends the watch over the principal of now. */
  unwatch: () => void;
  /** Of changing the principal: only the last counts. */
  turn: number;
  mayTake: () => boolean;
}

type Protocol = ReturnType<typeof makeServer<Record<string, unknown>, Connection>>;

/** Sockets sent away at a time while draining, and the pause between. */
const drainSlice = 200;
const drainPauseMs = 25;
/** A peer that does not answer our close is cut off. */
const closeWithinMs = 2_000;
/** An empty ping (RFC 6455, 5.5.2): the same bytes for all, where `ws` makes two buffers and a `writev` of it. See SharedFrames. */
const pingFrame = Buffer.from([0x89, 0x00]);
/** Until a socket has said who it is. */
const strangersMessagesPerSecond = 20;

/** graphql-transport-ws on the path of the operations: graphql-ws knows the protocol, `ws` the frames, and here are the bounds. */
export function serveWebSockets(server: Server, rules: StreamRules, options: WebSocketOptions): WebSockets {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: options.maxMessageBytes,
    perMessageDeflate: false, // 10 KB must not become 100 MB, nor each socket hold a window of 300 KB
    handleProtocols: (protocols) => handleProtocols(protocols),
  });
  const protocol = createProtocol(rules, options);
  const frames = new SharedFrames();
  let isDraining = false;

  const upgrade = (request: IncomingMessage, stream: Duplex, head: Buffer): void => {
    // The answers of the requests before it would be written into the frames.
    if (isUnanswered(request.socket)) {
      stream.destroy();
      return;
    }
    const status = isDraining ? 503 : refuseUpgrade(request, rules, options.path);
    if (status === undefined) {
      sockets.handleUpgrade(request, stream, head, (socket) =>
        carry({ socket, stream, frames, seats: new Set() }, request, protocol, options),
      );
    } else {
      stream.end(`HTTP/1.1 ${status} Refused\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
    }
  };
  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on('error', () => stream.destroy());
    // What was read with it is on its way by then (addHotRoute).
    process.nextTick(upgrade, request, stream, head);
  });

  return {
    get open() {
      return sockets.clients.size;
    },
    async drain() {
      isDraining = true;
      const all = [...sockets.clients];
      for (let index = 0; index < all.length; index += drainSlice) {
        for (const socket of all.slice(index, index + drainSlice)) closeSocket(socket, 1012, 'The gateway restarts.');
        if (index + drainSlice < all.length) await wait(drainPauseMs);
      }
    },
  };
}

function refuseUpgrade({ url = '/', headers }: IncomingMessage, rules: StreamRules, path: string): number | undefined {
  if (url.split('?', 1)[0] !== path) return 404;
  if (!isOriginAllowed(headers, rules.allowedOrigins)) return 403;
  return undefined;
}

function createProtocol(rules: StreamRules, options: WebSocketOptions): Protocol {
  return makeServer<Record<string, unknown>, Connection>({
    connectionInitWaitTimeout: options.initTimeoutMs,
    async onConnect({ extra, connectionParams }) {
      try {
        await meet(extra, connectionParams ?? {}, rules);
        return true;
      } catch (error) {
        if (!(error instanceof GatewayError && error.isShown)) throw error;
        rules.audit.refusedProof(error, readRequestId(extra.request));
        // 4403 is graphql-ws' answer to `false`; a full house is 1008.
        if (error.code !== 'RATE_LIMITED') return false;
        closeSocket(extra.socket, 1008, error.message);
        return new Promise<never>(() => undefined); // nothing is acknowledged
      }
    },
    onSubscribe({ extra, subscriptions }, id, payload) {
      const { limits, principal } = callerOf(extra);
      if (Object.keys(subscriptions).length > limits.subscriptions) {
        const error = shownError(
          'RATE_LIMITED',
          `There may be ${limits.subscriptions} operations at a time on a socket.`,
        );
        return [new GraphQLError(error.message, { originalError: error })];
      }
      return { schema: rules.schemaFor(principal), document: placeholder, contextValue: { extra, id, payload } };
    },
    subscribe: (args) => start(args.contextValue, rules),
    onPing: ({ extra }, payload) => freshen(extra, payload, rules),
    onError: (_context, _id, _payload, errors) => errors.flatMap(formatError),
  });
}

/** graphql-ws needs some document to see that it is a stream that comes; the client's is read by the pipeline. */
const placeholder = parse('subscription { __typename }');

function start(contextValue: unknown, rules: StreamRules): AsyncGenerator<never, void, void> {
  const { extra, id, payload } = contextValue as {
    readonly extra: Connection;
    readonly id: string;
    readonly payload: SubscribePayload;
  };
  const { principal, limits, headers } = callerOf(extra);
  const { query, operationName, variables, extensions } = payload;
  const { documentId } = payload as { readonly documentId?: unknown };
  const sent = {
    query,
    documentId,
    extensions,
    operationName,
    variables,
    bytes: 0,
    isReadOnly: false,
    headers: extra.request.headers,
    address: rules.addressOf(extra.request),
  };
  return startSocketOperation(extra, id, { ...sent, principal, limits, said: headers }, rules);
}

/** Who is calling: the headers of the upgrade, and what the client says in connection_init, since browsers can set no headers. */
async function meet(connection: Connection, params: Record<string, unknown>, rules: StreamRules): Promise<void> {
  const { request, gone } = connection;
  checkProofPlace(request);
  const headers = { ...request.headers, ...stringsOf(params), ...stringsOf(params.headers) };
  const principal = await rules.identify(headers, rules.addressOf(request));
  const limits = rules.limitsOf(principal);
  const leave = rules.streams.enter(principal, rules.addressOf(request), limits);
  if (gone.signal.aborted) {
    leave();
    return;
  }
  connection.caller = { principal, limits, headers, leave };
  connection.mayTake = createMessageRate(limits.messagesPerSecond);
  connection.unwatch = watchPrincipal(principal, (lapse) => void onLapse(connection, lapse, rules));
}

/** A fresh proof on the open socket: `{authorization}` in a ping. A bad one ends the socket. */
async function freshen(connection: Connection, payload: unknown, rules: StreamRules): Promise<void> {
  const { authorization } = stringsOf(payload);
  if (authorization === undefined || connection.caller === undefined) return;
  const turn = ++connection.turn;
  const headers = { ...connection.caller.headers, authorization };
  try {
    const principal = await rules.identify(headers, rules.addressOf(connection.request));
    if (turn === connection.turn) await stand(connection, principal, headers, rules);
  } catch (error) {
    if (!(error instanceof GatewayError && error.isShown)) throw error;
    rules.audit.refusedProof(error, readRequestId(connection.request));
    closeSocket(connection.socket, CloseCode.Forbidden, 'Forbidden');
  }
}

/**
 * The proof has ended, or says something else: nothing is delivered until it is known for whom. What may still be seen goes on; when nothing
 * is left, so does the socket.
 */
async function onLapse(connection: Connection, lapse: Lapse, rules: StreamRules): Promise<void> {
  const { caller, seats, gone, request } = connection;
  if (caller === undefined || gone.signal.aborted) return;
  const turn = ++connection.turn;
  for (const seat of seats) seat.pause();
  const { headers } = caller;
  connection.caller = { ...caller, principal: anonymous, limits: rules.limitsOf(anonymous) };
  const again = async (): Promise<Principal> => rules.identify(headers, rules.addressOf(request));
  const principal = lapse === 'revoked' ? await again().catch(() => anonymous) : anonymous;
  if (turn !== connection.turn || gone.signal.aborted) return;
  await stand(connection, principal, headers, rules);
  const isNobody = connection.caller.principal.kind === anonymousKind;
  if (isNobody && seats.size === 0) closeSocket(connection.socket, CloseCode.Forbidden, 'Forbidden');
}

/** Another principal stands behind the socket and everything on it. */
async function stand(
  connection: Connection,
  principal: Principal,
  headers: IncomingHttpHeaders,
  rules: StreamRules,
): Promise<void> {
  const { caller } = connection;
  if (caller === undefined) return;
  connection.unwatch();
  connection.caller = { ...caller, principal, headers, limits: rules.limitsOf(principal) };
  connection.unwatch = watchPrincipal(principal, (lapse) => void onLapse(connection, lapse, rules));
  if (connection.gone.signal.aborted) connection.unwatch();
  await Promise.all(Array.from(connection.seats, (seat) => seat.renew(principal)));
}

function carry(way: SocketWay, request: IncomingMessage, protocol: Protocol, options: WebSocketOptions): void {
  const { socket } = way;
  const gone = new AbortController();
  way.stream.on('drain', () => {
    for (const seat of way.seats) seat.flush();
  });
  const connection: Connection = {
    ...way,
    request,
    gone,
    mayTake: createMessageRate(strangersMessagesPerSecond),
    unwatch: () => undefined,
    turn: 0,
  };
  let isAlive = true;
  const take = (): boolean => {
    isAlive = true;
    if (connection.mayTake()) return true;
    closeSocket(socket, 1008, 'Too many messages.');
    return false;
  };
  const closed = protocol.opened(
    {
      protocol: socket.protocol,
      send: (text) => {
        if (socket.readyState === socket.OPEN) socket.send(text);
      },
      close: (code, reason) => closeSocket(socket, code ?? 1000, reason ?? ''),
      onMessage: (handle) => {
        socket.on('message', (data, isBinary) => {
          if (socket.readyState !== socket.OPEN || !take()) return;
          const text = isBinary ? undefined : String(data);
          if (text === undefined || isRefused(text))
            closeSocket(socket, CloseCode.BadRequest, 'Invalid message received');
          else handle(withQuery(text)).catch((err: unknown) => failed(err));
        });
      },
    },
    connection,
  );
  const failed = (err: unknown): void => {
    options.logger.error({ err }, 'A socket failed');
    closeSocket(socket, CloseCode.InternalServerError, 'Internal server error');
  };
  const leavePings = options.pings.add(() => {
    if (!isAlive) socket.terminate();
    isAlive = false;
    if (socket.readyState === socket.OPEN) way.stream.write(pingFrame);
  });
  socket.on('ping', take);
  socket.on('pong', () => {
    isAlive = true;
  });
  socket.on('error', () => closeSocket(socket, 1002, '')); // `ws` has answered a broken frame with its code by itself
  socket.once('close', (code, reason) => {
    leavePings();
    gone.abort();
    connection.unwatch();
    connection.caller?.leave();
    Promise.resolve(closed(code, String(reason))).catch((err: unknown) =>
      options.logger.error({ err }, 'A socket failed'),
    );
  });
}

const closing = new WeakSet<WebSocket>();

function closeSocket(socket: WebSocket, code: number, reason: string): void {
  if (socket.readyState === socket.CLOSED || closing.has(socket)) return;
  closing.add(socket);
  if (socket.readyState === socket.OPEN) socket.close(code, reason);
  const timer = setTimeout(() => socket.terminate(), closeWithinMs);
  socket.once('close', () => clearTimeout(timer));
}

function callerOf({ caller }: Connection): NonNullable<Connection['caller']> {
  if (caller === undefined) throw hiddenError('A socket subscribes before it was met.');
  return caller;
}

function formatError(error: GraphQLError): readonly GraphQLFormattedError[] {
  const { originalError } = error;
  if (originalError instanceof OperationFailure) return originalError.errors;
  return [toLiveError(originalError ?? error, '')];
}

function stringsOf(value: unknown): Record<string, string> {
  const strings: Record<string, string> = Object.create(null);
  if (typeof value !== 'object' || value === null) return strings;
  for (const [name, text] of Object.entries(value)) if (typeof text === 'string') strings[name.toLowerCase()] = text;
  return strings;
}
