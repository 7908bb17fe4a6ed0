import { type Client, createClient } from 'graphql-ws';

export interface ConnectionOptions {
  readonly url: string;
  readonly connectionParams?: Record<string, unknown> | (() => Promise<Record<string, unknown>>);
  readonly webSocketImpl?: unknown;
}

/** A client that reconnects for ever, and can be told that its connection is dead. */
export interface Connection {
  readonly client: Client;
  /** Gives up the connection of now, in whatever state it is. */
  drop(): void;
  /** Ends without waiting for a peer that does not answer. */
  close(): Promise<void>;
}

interface Socket {
  addEventListener(type: string, listener: () => void): void;
  /** Of `ws`: ends at once, where `close` would wait for the peer. */
  terminate?(): void;
}

/**
 * Opens nothing until somebody subscribes. `onSign` is called when a connection begins and when it is acknowledged: one that hangs before
 * that has no events that could tell.
 */
export function openConnection(options: ConnectionOptions, onSign: () => void): Connection {
  const Base = (options.webSocketImpl ?? globalThis.WebSocket) as new (url: string, protocols?: string) => Socket;
  let socket: Socket | undefined;
  let isConnected = false;
  class WatchedSocket extends Base {
    constructor(url: string, protocols?: string) {
      super(url, protocols);
      socket = this;
      // `ws` throws when a socket that is just connecting is dropped and nobody listens.
      this.addEventListener('error', () => undefined);
    }
  }
  const client = createClient({
    url: options.url,
    webSocketImpl: WatchedSocket,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    retryWait: (retries) => new Promise((resolve) => setTimeout(resolve, retryDelayMs(retries))),
    ...(options.connectionParams === undefined ? {} : { connectionParams: options.connectionParams }),
    on: {
      connecting: onSign,
      connected: () => {
        isConnected = true;
        onSign();
      },
      closed: () => {
        isConnected = false;
      },
    },
  });
  const drop = (): void => {
    client.terminate();
    socket?.terminate?.();
  };
  return {
    client,
    drop,
    async close() {
      if (isConnected) await client.dispose();
      else drop();
    },
  };
}

/** The first try comes soon, so that a restart is hardly seen; then doubling to 10 s; a crowd spreads by chance. */
export function retryDelayMs(failures: number): number {
  return Math.min(10_000, 100 * 2 ** Math.min(failures, 10)) * (0.5 + Math.random() / 2);
}
