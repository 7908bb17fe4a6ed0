import { type Client, createClient, type FormattedExecutionResult } from 'graphql-ws';
import { WebSocket } from 'ws';
import { shownError } from '../errors.ts';
import { checkResponse } from './read-response.ts';
import { type SignCall, statementHeader, subscriptionBody } from './sign-call.ts';
import type { SubgraphResponse, SubgraphSubscription } from './subgraph-client.ts';
import type { Subscriber } from './subscribe-to-subgraph.ts';

/** A result larger than this is nobody's. */
const maxResultBytes = 16 * 1024 * 1024;
/** Results that wait for us; with more the subscription is broken off, and taken up again from its cursor. */
const maxWaiting = 1_000;
/** A subgraph that does not answer a ping for this long is gone. */
const pingMs = 10_000;
const connectMs = 3_000;

/**
 * Subscriptions over one graphql-transport-ws socket to a subgraph, opened with the first and closed after the last. Nothing is retried
 * here: whoever subscribed knows from which cursor to go on.
 */
export function createSocketSubscriber(url: string, sign?: SignCall): Subscriber {
  let pongTimer: NodeJS.Timeout | undefined;
  let current: WebSocket | undefined;
  const client = createClient({
    url,
    webSocketImpl: class extends WebSocket {
      constructor(address: string, protocols: string) {
        super(address, protocols, {
          maxPayload: maxResultBytes,
          perMessageDeflate: false,
          handshakeTimeout: connectMs,
        });
      }
    },
    retryAttempts: 0,
    shouldRetry: () => false,
    connectionAckWaitTimeout: connectMs,
    keepAlive: pingMs,
    lazyCloseTimeout: 1_000, // a swap or a resume closes one and opens the next
    on: {
      opened: (socket) => {
        current = socket as WebSocket;
      },
      ping: (received) => {
        if (!received) pongTimer = setTimeout(() => current?.terminate(), pingMs);
      },
      pong: (received) => {
        if (received) clearTimeout(pongTimer);
      },
      closed: () => clearTimeout(pongTimer),
    },
  });
  return {
    subscribe: (request) => readResults(client, request, sign),
    async close() {
      clearTimeout(pongTimer);
      try {
        await client.dispose();
      } catch {
        // it was just connecting: whoever waited for that connection was told
      }
    },
  };
}

async function* readResults(
  client: Client,
  { query, operationName, variables, headers, signal }: SubgraphSubscription,
  sign: SignCall | undefined,
): AsyncGenerator<SubgraphResponse> {
  if (signal.aborted) return;
  const { [statementHeader]: graphCaller, ...others } = headers;
  const graphSignature = sign?.(graphCaller, subscriptionBody(query, variables));
  const extensions = {
    headers: others,
    ...(graphCaller && { graphCaller }),
    ...(graphSignature && { graphSignature }),
  };
  const waiting: FormattedExecutionResult[] = [];
  let end: { readonly cause?: unknown } | undefined;
  let wake = Promise.withResolvers<void>();
  const leave = client.subscribe(
    { query, variables: { ...variables }, operationName: operationName ?? null, extensions },
    {
      next(result) {
        if (end !== undefined) return;
        waiting.push(result as FormattedExecutionResult);
        if (waiting.length >= maxWaiting) {
          end = { cause: new Error('More results came than could be worked off.') };
          leave();
        }
        wake.resolve();
      },
      // A list of errors is the subgraph's refusal; anything else is the socket's end.
      error(cause) {
        if (Array.isArray(cause)) waiting.push({ errors: cause });
        end ??= Array.isArray(cause) ? {} : { cause };
        wake.resolve();
      },
      complete() {
        end ??= {};
        wake.resolve();
      },
    },
  );
  const onAbort = (): void => wake.resolve();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    while (!signal.aborted) {
      const result = waiting.shift();
      if (result !== undefined) {
        yield checkResponse(result);
      } else if (end !== undefined) {
        if ('cause' in end) throw broken(end.cause);
        return;
      } else {
        await wake.promise;
        wake = Promise.withResolvers();
      }
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    leave();
  }
}

/** graphql-ws hands over close events, which are no errors. */
function broken(cause: unknown): Error {
  const reason = cause instanceof Error ? cause : new Error(`The socket closed: ${closeCode(cause)}`);
  return shownError('UPSTREAM_UNAVAILABLE', 'A source of this field cannot be reached now.', { cause: reason });
}

function closeCode(event: unknown): string {
  return typeof event === 'object' && event !== null && 'code' in event ? String(event.code) : 'unknown';
}
