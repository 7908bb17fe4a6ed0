import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';

/** A connection that only listens. Must be closed. */
export interface Listening {
  close(): Promise<void>;
}

/**
 * Calls `onWake` when the channel is notified, and each time the connection is made anew, because something may have been missed.
 * It only wakes: what there is to know stands in the rows. A broken connection is replaced, after 0.1 to 2 s with jitter.
 */
export function listen(
  createClient: () => pg.Client,
  channel: string,
  onWake: () => void,
  onError: (error: unknown) => void,
): Listening {
  const stop = new AbortController();
  let client: pg.Client | undefined;

  const run = async () => {
    for (let failures = 0; !stop.signal.aborted; failures += 1) {
      try {
        client = createClient();
        const ended = new Promise<void>((resolve) => client?.once('end', resolve));
        client.on('error', (error) => {
          if (!stop.signal.aborted) onError(error);
        });
        client.on('notification', onWake);
        await client.connect();
        await client.query(`listen ${client.escapeIdentifier(channel)}`);
        failures = 0;
        onWake();
        if (stop.signal.aborted) await client.end();
        await ended;
      } catch (error) {
        await client?.end().catch(() => undefined);
        if (!stop.signal.aborted) onError(error);
      }
      const pauseMs = Math.min(2_000, 100 * 2 ** failures) * (0.5 + Math.random());
      await delay(pauseMs, undefined, { signal: stop.signal }).catch(() => undefined);
    }
  };

  const running = run();
  return {
    close: async () => {
      stop.abort();
      await client?.end().catch(() => undefined);
      await running;
    },
  };
}
