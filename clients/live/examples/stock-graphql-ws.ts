import { createClient } from 'graphql-ws';

/** What a till keeps: both together, in one place that survives a restart. */
export interface Stored {
  cursor: string | undefined;
}

export interface ShelfEvent {
  readonly cursor: string;
  readonly kind: 'SNAPSHOT' | 'CHANGES' | 'HEARTBEAT';
  readonly levels: readonly Record<string, unknown>[];
}

/**
 * The same as followFeed with nothing but graphql-ws: no check of versions, and no look at silence beyond its own pings.
 * `apply` is called for each event in order; a SNAPSHOT replaces what was known. Gives the call that ends it.
 */
export function followShelf(options: {
  readonly url: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly stored: Stored;
  readonly apply: (event: ShelfEvent, isConflated: boolean) => void;
  /** Sent with connection_init, such as {authorization}. */
  readonly connectionParams?: Readonly<Record<string, unknown>>;
  readonly webSocketImpl?: unknown;
}): () => void {
  const { url, query, variables, stored, apply, connectionParams, webSocketImpl } = options;
  let again: ReturnType<typeof setTimeout> | undefined;
  let isClosed = false;
  let leave = (): void => undefined;

  const client = createClient({
    url,
    ...(connectionParams === undefined ? {} : { connectionParams }),
    ...(webSocketImpl === undefined ? {} : { webSocketImpl }),
    retryAttempts: Number.POSITIVE_INFINITY, // 1. for ever: a gateway that restarts comes back
    connectionAckWaitTimeout: 10_000, // one that takes the connection and says nothing is left
    shouldRetry: () => true, // 2. also when the connection broke without a close frame
    retryWait: (retries) =>
      new Promise((resolve) => setTimeout(resolve, Math.min(10_000, 100 * 2 ** retries) * (0.5 + Math.random() / 2))),
  });

  const subscribe = (): void => {
    const later = (): void => {
      if (!isClosed) again = setTimeout(subscribe, 1_000);
    };
    leave = client.subscribe<
      { readonly stockChanged: ShelfEvent },
      { readonly live?: { readonly conflated?: boolean } }
    >(
      {
        query,
        variables: {
          ...variables,
          // 3. a getter, because graphql-ws writes the message anew with each connection
          get after() {
            return stored.cursor ?? null;
          },
        },
      },
      {
        next({ data, extensions }) {
          if (!data) return;
          apply(data.stockChanged, extensions?.live?.conflated === true);
          stored.cursor = data.stockChanged.cursor; // 4. together with what was applied
        },
        // 5. an error message ends a subscription, also UPSTREAM_UNAVAILABLE, which passes; a real till looks at its code
        error: later,
        complete: later,
      },
    );
  };
  subscribe();
  return () => {
    isClosed = true;
    clearTimeout(again);
    leave();
    Promise.resolve(client.dispose()).catch(() => undefined); // not awaited: it may be connecting to one that never answers
  };
}
