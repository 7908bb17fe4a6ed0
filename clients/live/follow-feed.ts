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
  /** True when a source was away for so long that the gateway sent the event with nulls in its place. */
  readonly isIncomplete: boolean;
}

/** What the gateway says of an event, under `extensions.live`. */
interface LiveMarks {
  readonly conflated?: boolean;
  readonly incomplete?: boolean;
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
  readonly read: (data: Record<string, unknown>) => Pick<FeedEvent<Item>, 'cursor' | 'kind' | 'items'>;
  /** The key of an item, and its version, which rises by one with each change. */
  readonly versionOf: (item: Item) => { readonly key: string; readonly version: number };
  /** Called in order. Store what it says and `event.cursor` together: that is all a restart needs. */
  readonly onEvent: (event: FeedEvent<Item>) => void;
  /** The gateway refused, and trying again would not help: following has ended. */
  readonly onRefused?: (errors: unknown) => void;
  /**
   * `read`, `versionOf`, `onEvent` or `onHole` threw: following has ended, with the cursor before that event. Without it the error is thrown
   * where nobody catches it, so that it is not missed.
   */
  readonly onFault?: (error: unknown) => void;
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
          const { live = {} } = (extensions ?? {}) as { readonly live?: LiveMarks };
          if (!data) refuse(errors);
          else guard(() => take(data, live));
        },
        error(reason) {
          if (!isLeft) refuse(reason);
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

  /** What passes is tried again; anything else ends it, or the watch over silence would ask again and again. */
  const refuse = (reason: unknown): void => {
    if (isPassing(reason)) {
      subscribeLater();
      return;
    }
    void close();
    options.onRefused?.(reason);
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

  const take = (data: Record<string, unknown>, marks: LiveMarks): void => {
    const read = options.read(data);
    const event = { ...read, isConflated: marks.conflated === true, isIncomplete: marks.incomplete === true };
    const hole = versions.findHole(event, event.isConflated);
    if (hole !== undefined) {
      options.onHole?.(hole);
      versions.clear();
      cursor = undefined;
      reconnect();
      return;
    }
    options.onEvent(event);
    cursor = event.cursor;
  };

  /** graphql-ws would take an error of the caller's code for a broken connection, and come back for ever. */
  const guard = (run: () => void): void => {
    try {
      run();
    } catch (error) {
      void close();
      if (options.onFault === undefined) throwLater(error);
      else options.onFault(error);
    }
  };

  const close = async (): Promise<void> => {
    isClosed = true;
    clearTimeout(again);
    silence.stop();
    leave();
    await connection.close();
  };

  subscribe();
  return {
    get cursor() {
      return cursor;
    },
    close,
  };
}

/** As an event listener's error would be: it ends a Node process, and stands in a browser's console. */
function throwLater(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
