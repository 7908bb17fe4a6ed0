import { isPassing } from './is-passing.ts';
import { openConnection, retryDelayMs } from './open-connection.ts';
import { createSilenceWatch } from './silence-watch.ts';
import { createVersionCheck } from './version-check.ts';

/** An event of a feed, as the client's own operation asks for it. */
export interface FeedEvent<Item> {
  readonly cursor: string;
  readonly kind: 'SNAPSHOT' | 'CHANGES' | 'HEARTBEAT';
  readonly items: readonly Item[];
  /** True when the gateway left out all but the newest change of each key, because we read too slowly. */
  readonly isConflated: boolean;
}

export interface FollowOptions<Item> {
  /** ws:// or wss:// address of the gateway. */
  readonly url: string;
  /** One subscription; it asks for cursor, kind and items, and passes `$after` to the feed. */
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** Where the last visit ended; without it the feed begins with a snapshot. */
  readonly cursor?: string | undefined;
  /** Takes an event out of the response's data. */
  readonly read: (data: Record<string, unknown>) => Omit<FeedEvent<Item>, 'isConflated'>;
  /** The key of an item, and its version, which rises by one with each change. */
  readonly versionOf: (item: Item) => { readonly key: string; readonly version: number };
  /** Called in order. Store what it says and `event.cursor` together: that is all a restart needs. */
  readonly onEvent: (event: FeedEvent<Item>) => void;
  /** The gateway refused: trying again would not help. */
  readonly onRefused?: (errors: unknown) => void;
  /** Told when a version was missing and a snapshot is asked for. */
  readonly onHole?: (key: string) => void;
  /** Nothing heard for so long means that the connection is dead; a feed has a heartbeat every few seconds. Default 20 s. */
  readonly silenceMs?: number;
  /** Sent with connection_init, such as {authorization}. */
  readonly connectionParams?: Record<string, unknown> | (() => Promise<Record<string, unknown>>);
  /** For Node before 22, or other sockets than the global WebSocket. */
  readonly webSocketImpl?: unknown;
}

export interface Following {
  /** The position after the last event that was handed over. */
  readonly cursor: string | undefined;
  close(): Promise<void>;
}

/**
 * Follows a feed through reconnects and restarts: each event once, in order. It keeps the cursor and goes on from there; a version that
 * is missing (which a sound feed never shows) makes it begin anew with a snapshot. Close it when done.
 */
export function followFeed<Item>(options: FollowOptions<Item>): Following {
  const versions = createVersionCheck(options.versionOf);
  let { cursor } = options;
  let isClosed = false;
  let failures = 0;
  let again: ReturnType<typeof setTimeout> | undefined;
  /** Ends the subscription of now: what its socket still brings is not listened to any more. */
  let leave = (): void => undefined;

  const connection = openConnection(options, () => silence.heard());
  const { client } = connection;
  const silence = createSilenceWatch(options.silenceMs ?? 20_000, () => reconnect());

  const subscribe = (): void => {
    let isLeft = false;
    const stop = client.subscribe<Record<string, unknown>>(
      {
        query: options.query,
        // Read anew at each reconnect.
        variables: {
          ...options.variables,
          get after() {
            return cursor ?? null;
          },
        },
      },
      {
        next({ data, extensions, errors }) {
          if (isLeft) return;
          silence.heard();
          failures = 0;
          const { live } = (extensions ?? {}) as { readonly live?: { readonly conflated?: boolean } };
          if (data) take(data, live?.conflated === true);
          else options.onRefused?.(errors);
        },
        error(reason) {
          if (isLeft) return;
          if (isPassing(reason)) subscribeLater();
          else options.onRefused?.(reason);
        },
        complete() {
          if (!isLeft) subscribeLater(); // a feed has no end
        },
      },
    );
    leave = () => {
      isLeft = true;
      stop();
    };
  };

  const subscribeLater = (): void => {
    leave();
    if (!isClosed) again = setTimeout(subscribe, retryDelayMs(failures++));
  };

  /** Drops the connection, however dead it is, and comes back at once. */
  const reconnect = (): void => {
    leave();
    connection.drop();
    if (!isClosed) subscribe();
  };

  const take = (data: Record<string, unknown>, isConflated: boolean): void => {
    const event = options.read(data);
    const hole = versions.findHole(event, isConflated);
    if (hole !== undefined) {
      options.onHole?.(hole);
      versions.clear();
      cursor = undefined;
      reconnect();
      return;
    }
    cursor = event.cursor;
    options.onEvent({ ...event, isConflated });
  };

  subscribe();
  return {
    get cursor() {
      return cursor;
    },
    async close() {
      isClosed = true;
      clearTimeout(again);
      silence.stop();
      leave();
      await connection.close();
    },
  };
}
