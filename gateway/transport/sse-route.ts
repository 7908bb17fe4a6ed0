import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { shownError } from '../errors.ts';
import { anonymous, type Principal } from '../identity/principal.ts';
import type { LiveEnd, LiveError } from '../live/live-event.ts';
import { isOriginAllowed } from './check-origin.ts';
import { checkProofPlace } from './check-proof-place.ts';
import { createEventChunks } from './event-chunks.ts';
import { checkHttpRequest } from './http-rules.ts';
import { readJsonBody, readJsonParameter } from './json-body.ts';
import { LiveSeat } from './live-seat.ts';
import type { PingWheel } from './ping-wheel.ts';
import { admitOperation, type StreamRules, toLiveError } from './stream-rules.ts';
import { type Lapse, watchPrincipal } from './watch-principal.ts';

export interface SseOptions {
  /** Of the operations: a request there that accepts only `text/event-stream` comes here. */
  readonly path: string;
  readonly maxBodyBytes: number;
  /** A comment is sent in each turn, so that proxies keep the connection and a dead peer is noticed. */
  readonly pings: PingWheel;
}

/** The event streams of a gateway. */
export interface EventStreams {
  /** Ends all streams; their clients come back with `Last-Event-ID`. */
  drain(): void;
}

const chunks = createEventChunks();

/** Bytes that wait for a client: with more it is slow, and written to when they are gone. */
const maxUnsentBytes = 256 * 1024;

/** Where a request for an event stream is routed: the same path, another suffix, which no client needs to know. */
export function streamUrl({ url = '/', headers }: IncomingMessage, path: string): string {
  const [pathname, search] = url.split(/(?=\?)/, 2);
  const isStream = pathname === path && /^\s*text\/event-stream\b[^,]*$/i.test(headers.accept ?? '');
  return isStream ? `${path}/stream${search ?? ''}` : url;
}

/**
 * Server-sent events, one operation a connection, as graphql-sse's distinct connections have it: `event: next` with a result each, then
 * `event: complete`. Each event's `id` is the feed's cursor, so that a browser's EventSource resumes by itself.
 */
export function addSseRoute(app: FastifyInstance, rules: StreamRules, options: SseOptions): EventStreams {
  const open = new Set<ServerResponse>();
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    const parserOptions = { parseAs: 'buffer', bodyLimit: options.maxBodyBytes } as const;
    scope.addContentTypeParser('application/json', parserOptions, async (_request: FastifyRequest, bytes: Buffer) => {
      return readJsonBody(bytes);
    });
    scope.addHook('onRequest', async ({ method, headers }) => {
      checkHttpRequest(method, { ...headers, accept: undefined }); // what it accepts is why it is here
      if (!isOriginAllowed(headers, rules.allowedOrigins)) throw shownError('FORBIDDEN', 'This page may not stream.');
    });
    scope.route({
      method: ['GET', 'POST'],
      url: `${options.path}/stream`,
      handler: (request, reply) => answer(request, reply, rules, options, open),
    });
  });
  return {
    drain() {
      for (const response of open) response.end();
    },
  };
}

async function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  rules: StreamRules,
  options: SseOptions,
  open: Set<ServerResponse>,
): Promise<FastifyReply | undefined> {
  const left = new AbortController();
  reply.raw.once('close', () => left.abort(shownError('OPERATION_CANCELLED', 'The client left.')));
  // Until it is answered, or, as a live one, until it is open: what runs on is bounded by `liveMaxUpstreams`.
  const leave = await rules.places.forRequest(request.raw, left.signal);
  try {
    return await stream(request, reply, rules, options, open);
  } finally {
    leave();
  }
}

async function stream(
  request: FastifyRequest,
  reply: FastifyReply,
  rules: StreamRules,
  options: SseOptions,
  open: Set<ServerResponse>,
): Promise<FastifyReply | undefined> {
  const left = new AbortController();
  const principal = await identify(request, rules);
  const limits = rules.limitsOf(principal);
  const isReadOnly = request.method === 'GET';
  const { bytes, ...sent } = isReadOnly ? readSearch(request.url) : readBody(request.body);
  const { headers } = request;
  const address = rules.addressOf(request.raw);
  const admitted = await admitOperation(
    { ...sent, bytes, isReadOnly, principal, address, limits, headers, signal: left.signal },
    rules,
  );
  const leave = rules.streams.enter(principal, request.ip, limits);
  const { raw } = reply;
  open.add(raw);
  let seat: LiveSeat | undefined;
  let unwatch = (): void => undefined;
  let isUnread = false;
  const leavePings = options.pings.add(() => {
    if (!raw.writableEnded) raw.write(':\n\n');
    else if (isUnread) raw.destroy();
    else isUnread = true; // it has ended, and is to be read to its end within a turn
  });
  raw.once('close', () => {
    leavePings();
    left.abort(shownError('OPERATION_CANCELLED', 'The client left.'));
    unwatch();
    seat?.leave();
    open.delete(raw);
    leave();
  });
  if (raw.destroyed) raw.emit('close'); // it left while it was identified, or its document read
  raw.on('drain', () => seat?.flush());
  reply.hijack();
  request.raw.socket.setTimeout(0); // it is quiet for as long as nothing happens, and its pings and bounds are its own
  raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    'x-request-id': request.id,
    'x-content-type-options': 'nosniff',
  });
  raw.write(':\n\n');
  const fail = (errors: readonly LiveError[]): void => {
    raw.write(chunks(Buffer.from(JSON.stringify({ errors })), undefined));
    raw.end('event: complete\ndata: \n\n');
  };
  if ('errors' in admitted) {
    fail(admitted.errors);
    return reply;
  }
  const { operation, type } = admitted;
  try {
    if (type === 'subscription') {
      const isWritable = (): boolean => !raw.destroyed && raw.writableLength < maxUnsentBytes;
      const sink = {
        get isWritable() {
          return isWritable();
        },
        write: (body: Buffer, cursor: string | undefined) => {
          if (!isWritable()) return false;
          raw.write(chunks(body, cursor));
          return true;
        },
        end: (end: LiveEnd) => finish(end, raw, fail),
      };
      const live = new LiveSeat(operation, lastEventId(request), sink, rules);
      seat = live;
      if (left.signal.aborted) live.leave();
      unwatch = watchPrincipal(
        principal,
        (lapse) => void onLapse(lapse, live, request.headers, address, left.signal, rules),
      );
      await live.open();
    } else {
      const signal = AbortSignal.any([left.signal, AbortSignal.timeout(rules.operationDeadlineMs)]);
      const { body } = await rules.run({ ...operation, caller: { ...operation.caller, signal } });
      raw.write(chunks(Buffer.from(body), undefined));
      raw.end('event: complete\ndata: \n\n');
    }
  } catch (error) {
    seat?.leave();
    fail([toLiveError(error, operation.caller.requestId)]);
  }
  return reply;
}

async function identify(request: FastifyRequest, rules: StreamRules): Promise<Principal> {
  try {
    checkProofPlace(request.raw);
    return await rules.identify(request.headers, rules.addressOf(request.raw));
  } catch (error) {
    rules.audit.refusedProof(error, request.id);
    throw error;
  }
}

/** The proof has ended or changed: what may still be seen goes on, anything else ends. A stream's own end comes before the next lapse. */
async function onLapse(
  lapse: Lapse,
  seat: LiveSeat,
  headers: IncomingMessage['headers'],
  address: string,
  signal: AbortSignal,
  rules: StreamRules,
): Promise<void> {
  seat.pause();
  const again = async (): Promise<Principal> => rules.identify(headers, address);
  const principal = lapse === 'revoked' ? await again().catch(() => anonymous) : anonymous;
  if (signal.aborted) return;
  const unwatch = watchPrincipal(principal, (next) => void onLapse(next, seat, headers, address, signal, rules));
  signal.addEventListener('abort', unwatch, { once: true });
  await seat.renew(principal);
}

function finish(end: LiveEnd, response: ServerResponse, fail: (errors: readonly LiveError[]) => void): void {
  switch (end.kind) {
    case 'complete':
      response.end('event: complete\ndata: \n\n');
      break;
    case 'error':
      fail(end.errors);
      break;
    case 'too-slow':
      response.destroy(); // it reads nothing; an EventSource comes back by itself, with its cursor
      break;
    case 'come-back':
      response.end(); // without `complete`: it is not over
      break;
    default:
      end satisfies never;
  }
}

function lastEventId({ headers }: FastifyRequest): string | undefined {
  const id = headers['last-event-id'];
  return typeof id === 'string' && id !== '' ? id : undefined;
}

interface SentDocument {
  readonly query: unknown;
  readonly documentId: unknown;
  readonly extensions: unknown;
  readonly operationName: unknown;
  readonly variables: unknown;
  readonly bytes: number;
}

function readSearch(url: string): SentDocument {
  const search = new URLSearchParams(url.slice(url.indexOf('?') + 1));
  const variables = search.get('variables');
  const extensions = search.get('extensions');
  return {
    query: search.get('query'),
    documentId: search.get('documentId') ?? undefined,
    extensions: extensions === null ? undefined : readJsonParameter('extensions', extensions),
    operationName: search.get('operationName'),
    variables: variables === null ? undefined : readJsonParameter('variables', variables),
    bytes: url.length,
  };
}

function readBody(body: unknown): SentDocument {
  const { bytes, value } = (body ?? { bytes: 0, value: {} }) as ReturnType<typeof readJsonBody>;
  const { query, documentId, extensions, operationName, variables } = value;
  return { query, documentId, extensions, operationName, variables, bytes };
}
