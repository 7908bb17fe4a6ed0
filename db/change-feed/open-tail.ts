import { setTimeout as delay } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type pg from 'pg';
import { readFeedState } from './feed-state.ts';
import { listen } from './listen.ts';
import type { Change, Interest, Position, RestartReason } from './position.ts';
import { readChanges } from './read.ts';
import { createRecentChanges } from './recent-changes.ts';
import { wakeChannel } from './sequence.ts';
import { createSignalPoint, waitFor } from './signal-point.ts';
import type { ChangeFeedDatabase } from './tables.ts';

/** The live end of an owner's feed, shared by all readers of a process. Must be closed; closing twice is safe. */
export interface Tail {
  /**
   * Everything of interest after a position, then everything that is committed, for as long as it is asked. Ends after a `restart`, when
   * the signal is aborted, and when the tail is closed. Nothing is read ahead for a reader that does not ask, so a slow one costs nothing.
   */
  read(after: Position, options: TailReadOptions): AsyncGenerator<TailItem, void, undefined>;
  close(): Promise<void>;
}

export type TailItem =
  | { readonly kind: 'changes'; readonly changes: readonly Change[]; readonly position: Position }
  /** Nothing of interest for `idleMs`; but the position may have moved on. */
  | { readonly kind: 'idle'; readonly position: Position }
  /** Going on is not possible: take a snapshot. */
  | { readonly kind: 'restart'; readonly reason: RestartReason };

export interface TailReadOptions {
  readonly interest: Interest;
  readonly signal: AbortSignal;
  /** Changes in one item at most. */
  readonly limit?: number;
  /** After this long without a change an `idle` item is given. */
  readonly idleMs?: number;
}

export interface TailOptions {
  readonly db: Kysely<ChangeFeedDatabase>;
  readonly owner: string;
  /** Makes the connection that listens. */
  readonly createClient: () => pg.Client;
  /** Told of what went wrong; the tail goes on by itself. */
  readonly onError?: (error: unknown) => void;
  /** Looks this often even when nobody wakes it: a notification may be lost with its connection. */
  readonly pollMs?: number;
}

const sharedReadLimit = 5_000;

/** Opens the live end of a feed. It reads nothing while it has no reader. */
export function openTail(options: TailOptions): Tail {
  const { db, onError = () => undefined, pollMs = 1_000 } = options;
  const stop = new AbortController();
  const recent = createRecentChanges();
  const moved = createSignalPoint(); // the head has moved on
  const wanted = createSignalPoint(); // somebody wants the head to be looked at
  let readerCount = 0;
  const listening = listen(options.createClient, wakeChannel(options.owner), wanted.raise, onError);

  /** Follows the feed for everybody: one statement a wake-up, however many readers. */
  const follow = async () => {
    while (!stop.signal.aborted) {
      const wake = wanted.next();
      try {
        if (readerCount === 0) recent.reset(undefined);
        else while (!stop.signal.aborted && !(await advance(db, recent))) moved.raise();
        moved.raise();
      } catch (error) {
        if (stop.signal.aborted) break;
        onError(error);
        await delay(100 + Math.random() * 400, undefined, { signal: stop.signal }).catch(() => undefined);
        wanted.raise();
      }
      await waitFor(wake, pollMs, stop.signal);
    }
    moved.raise();
  };
  const following = follow();

  async function* read(after: Position, readOptions: TailReadOptions): AsyncGenerator<TailItem, void, undefined> {
    const { interest, limit = 500, idleMs = 5_000 } = readOptions;
    const signal = AbortSignal.any([stop.signal, readOptions.signal]);
    let position = after;
    let idleAt = Date.now() + idleMs;
    readerCount += 1;
    if (readerCount === 1) wanted.raise();
    try {
      while (!signal.aborted) {
        const move = moved.next(); // taken before looking, so that none is missed
        const isStale = recent.head !== undefined && recent.head.epoch !== position.epoch;
        const found = isStale
          ? restored
          : (recent.find(position, interest, limit) ?? (await catchUp(position, interest, limit, signal)));
        if (found === undefined || signal.aborted) return;
        if ('reason' in found) {
          yield { kind: 'restart', reason: found.reason };
          return;
        }
        const hasMoved = found.position.number !== position.number;
        position = found.position;
        if (found.changes.length > 0) {
          yield { kind: 'changes', changes: found.changes, position };
          idleAt = Date.now() + idleMs;
        } else if (Date.now() >= idleAt) {
          yield { kind: 'idle', position };
          idleAt = Date.now() + idleMs;
        } else if (!hasMoved || position.number === recent.head?.number) {
          await waitFor(move, idleAt - Date.now(), signal);
        }
      }
    } finally {
      readerCount -= 1;
    }
  }

  /** For a reader that is further behind than memory reaches. Tries until it can; undefined when told to end. */
  async function catchUp(position: Position, interest: Interest, limit: number, signal: AbortSignal) {
    while (!signal.aborted) {
      try {
        return await readChanges(db, position, { interest, limit });
      } catch (error) {
        onError(error);
        await delay(100 + Math.random() * 400, undefined, { signal }).catch(() => undefined);
      }
    }
    return undefined;
  }

  let closing: Promise<void> | undefined;
  const stopAll = async () => {
    stop.abort();
    await listening.close();
    await following;
  };
  return {
    read,
    close: () => {
      closing ??= stopAll();
      return closing;
    },
  };
}

const restored = { kind: 'restart', reason: 'restored' } as const;

/** Takes in what is new; says whether that was all. */
async function advance(
  db: Kysely<ChangeFeedDatabase>,
  recent: ReturnType<typeof createRecentChanges>,
): Promise<boolean> {
  if (recent.head === undefined) recent.reset(await readFeedState(db));
  const { head } = recent;
  if (head === undefined) return true;
  const result = await readChanges(db, head, { limit: sharedReadLimit });
  if (result.kind === 'restart') {
    recent.reset(await readFeedState(db));
    return true;
  }
  recent.add(result.changes, result.position);
  return result.isComplete;
}
