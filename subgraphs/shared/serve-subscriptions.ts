import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { GraphQLError, parse } from 'graphql';
import { CloseCode, handleProtocols, makeServer, type SubscribePayload } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { callerHeader } from './caller.ts';
import type { Subgraph, SubgraphResult } from './create-subgraph.ts';
import type { VerifyCall } from './verify-call.ts';

/** A document and its variables: what a gateway sends is never near this. */
const maxMessageBytes = 256 * 1024;
const maxSubscriptionsPerSocket = 10_000;
/** A peer that has not answered the last ping when the next is due is gone. */
const pingEveryMs = 10_000;
/** A gateway that does not read any more loses its socket rather than our memory; it comes back with its cursors. */
const maxUnsentBytes = 64 * 1024 * 1024;
const closeWithinMs = 500;

/** The subscriptions of a served subgraph; close it before its server. */
export interface ServedSubscriptions {
  /** Tells every client to come back (1012) and ends what runs. */
  close(): Promise<void>;
}

type Headers = Readonly<Record<string, string>>;

/**
 * Subscriptions over graphql-transport-ws, on the path of the operations. One socket of a gateway carries many callers: the headers
 * of each subscription travel in the `extensions.headers` of its subscribe message; who is calling and the signature over query and
 * variables in `extensions.graphCaller` and `extensions.graphSignature`. One that is not rightly signed ends with an error.
 */
export function serveSubscriptions(
  server: Server,
  subgraph: Subgraph,
  path: string,
  isRightlySigned: VerifyCall,
): ServedSubscriptions {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maxMessageBytes,
    perMessageDeflate: false,
    handleProtocols: (protocols) => handleProtocols(protocols),
  });
  const protocol = makeServer<Record<string, unknown>, undefined>({
    onSubscribe: ({ subscriptions }, _id, payload) => {
      if (Object.keys(subscriptions).length > maxSubscriptionsPerSocket) throw new Error('Too many subscriptions.');
      const headers = signedHeaders(payload, isRightlySigned);
      if (headers === undefined) return [unsigned()];
      // graphql-ws only reads from the document that it is a subscription; the subgraph reads the text, and remembers it.
      return { schema: subgraph.schema, document: placeholder, contextValue: { payload, headers } };
    },
    subscribe: (args) => {
      const { payload, headers } = args.contextValue as {
        readonly payload: SubscribePayload;
        readonly headers: Headers;
      };
      return startSubscription(subgraph, payload, headers) as AsyncGenerator<never>;
    },
    // The errors of a result are written already, where graphql-ws would look for GraphQLErrors.
    onNext: (_context, _id, _payload, _args, result) => result as never,
  });

  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    if (new URL(request.url ?? '/', 'http://subgraph').pathname !== path) {
      socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => carry(webSocket, protocol));
  };
  server.on('upgrade', onUpgrade);

  return {
    async close() {
      server.off('upgrade', onUpgrade);
      const closed = [...sockets.clients].map(
        (socket) => new Promise<void>((resolve) => socket.once('close', () => resolve())),
      );
      for (const socket of sockets.clients) socket.close(1012, 'The subgraph restarts.');
      const deadline = setTimeout(() => {
        for (const socket of sockets.clients) socket.terminate();
      }, closeWithinMs);
      await Promise.all(closed);
      clearTimeout(deadline);
      sockets.close();
    },
  };
}

/** The headers of a subscription that is rightly signed, with who is calling; undefined for any other. */
function signedHeaders({ query, variables, extensions }: SubscribePayload, isRightlySigned: VerifyCall) {
  const { graphCaller, graphSignature } = extensions ?? {};
  const statement = typeof graphCaller === 'string' ? graphCaller : '';
  const signature = typeof graphSignature === 'string' ? graphSignature : undefined;
  if (!isRightlySigned(statement, signature, `${query}\n${JSON.stringify(variables ?? {})}`)) return undefined;
  return { ...stringsOf(extensions?.headers), [callerHeader]: statement };
}

function unsigned(): GraphQLError {
  return new GraphQLError('This subscription is not signed by the gateway.', {
    extensions: { code: 'UNAUTHENTICATED' },
  });
}

const placeholder = parse('subscription { __typename }');

/** The subgraph's results, ended at once by `return`: an async generator that waits would take it only after its next result. */
function startSubscription(subgraph: Subgraph, payload: SubscribePayload, headers: Headers): object {
  const left = new AbortController();
  const results = subgraph
    .subscribe({
      query: payload.query,
      operationName: payload.operationName ?? undefined,
      variables: payload.variables ?? undefined,
      headers,
      signal: left.signal,
    })
    [Symbol.asyncIterator]();
  const end = async (): Promise<IteratorResult<SubgraphResult>> => {
    left.abort();
    results.return?.().catch(() => undefined); // not awaited: see above
    return { done: true, value: undefined };
  };
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: () => results.next(),
    return: end,
    throw: end,
  };
}

function carry(socket: WebSocket, protocol: ReturnType<typeof makeServer<Record<string, unknown>, undefined>>): void {
  let isAlive = true;
  const closed = protocol.opened(
    {
      protocol: socket.protocol,
      send: (text) => {
        if (socket.bufferedAmount > maxUnsentBytes) socket.terminate();
        else if (socket.readyState === socket.OPEN) socket.send(text);
      },
      close: (code, reason) => socket.close(code, reason),
      onMessage: (handle) => {
        socket.on('message', (data, isBinary) => {
          isAlive = true;
          if (isBinary) socket.close(CloseCode.BadRequest, 'Invalid message received');
          else
            handle(String(data)).catch(() => socket.close(CloseCode.InternalServerError, 'The subscription failed.'));
        });
      },
    },
    undefined,
  );
  const pings = setInterval(() => {
    if (!isAlive) return socket.terminate();
    isAlive = false;
    socket.ping();
  }, pingEveryMs);
  socket.on('pong', () => {
    isAlive = true;
  });
  socket.on('error', () => socket.terminate());
  socket.once('close', (code, reason) => {
    clearInterval(pings);
    void closed(code, String(reason));
  });
}

function stringsOf(value: unknown): Record<string, string> {
  const strings: Record<string, string> = Object.create(null);
  if (typeof value !== 'object' || value === null) return strings;
  for (const [name, text] of Object.entries(value)) if (typeof text === 'string') strings[name.toLowerCase()] = text;
  return strings;
}
