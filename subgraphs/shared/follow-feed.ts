import { setTimeout as delay } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { readFeedState } from '../../db/change-feed/feed-state.ts';
import type { Tail, TailItem } from '../../db/change-feed/open-tail.ts';
import type { Change, Interest, Position } from '../../db/change-feed/position.ts';
import { readSnapshot } from '../../db/change-feed/snapshot.ts';
import type { ChangeFeedDatabase } from '../../db/change-feed/tables.ts';

/** A feed: what it is about, and how its things are read. */
export interface Feed<DB extends ChangeFeedDatabase, Item> {
  readonly interest: Interest;
  /** A position as text, and back; undefined for a text that is no place of this feed to go on from. */
  readonly toCursor: (key: Buffer, position: Position) => string;
  readonly readCursor: (key: Buffer, cursor: string) => Position | undefined;
  /** Everything as it is in a view that is at a position. */
  readonly readAll: (view: Kysely<DB>, position: Position) => Promise<readonly Item[]>;
  /** What a change tells, in order; undefined when it does not say enough, and a snapshot has to. */
  readonly readChange: (change: Change) => readonly Item[] | undefined;
  /**
   * Things in one event, but for a change that tells more: 1,000. An event is enriched, sent and applied as a whole: 500 changes of a busy sale
   * hold up to 128,000 levels, which no socket would take (16 MB), again and again, since the reader comes back to the same place.
   */
  readonly maxItems?: number;
}

/** What every subscription of a process follows. */
export interface Live {
  readonly tail: Tail;
  /** After this long without a change comes a heartbeat. */
  readonly heartbeatMs: number;
}

/** What a context has for its subscriptions; throws where there are none. */
export function getLive({ live }: { readonly live: Live | undefined }): Live {
  if (live === undefined) throw new Error('This process was opened without a tail, so it has no subscriptions.');
  return live;
}

export interface FollowOptions<DB extends ChangeFeedDatabase> extends Live {
  readonly db: Kysely<DB>;
  /** Where to go on; a place that cannot be gone on from is as none. */
  readonly after: string | null | undefined;
  readonly signal: AbortSignal;
}

/** An event of a feed. */
export interface FeedEvent<Item> {
  readonly kind: 'SNAPSHOT' | 'CHANGES' | 'HEARTBEAT';
  readonly cursor: string;
  /** The position after it. */
  readonly sequence: number;
  readonly items: readonly Item[];
}

/** How long until the tail looks again, which then knows of a new life of the feed. */
const tailPauseMs = 100;

/**
 * Everything, then every change of it, in order and once. Ends with the signal. Throws when the database fails: the caller comes back with the
 * last cursor.
 */
export async function* followFeed<DB extends ChangeFeedDatabase, Item>(
  feed: Feed<DB, Item>,
  { db, tail, after, heartbeatMs, signal }: FollowOptions<DB>,
): AsyncGenerator<FeedEvent<Item>, void, undefined> {
  const { cursorKey } = await readFeedState(feedOf(db));
  const toEvent = (
    kind: FeedEvent<Item>['kind'],
    position: Position,
    items: readonly Item[] = [],
  ): FeedEvent<Item> => ({ kind, cursor: feed.toCursor(cursorKey, position), sequence: position.number, items });

  let position = after == null ? undefined : feed.readCursor(cursorKey, after);
  for (let isOver = false; !isOver && !signal.aborted; ) {
    if (position === undefined) {
      const snapshot = await readSnapshot(db, (view, at) => feed.readAll(view, at), { signal });
      position = snapshot.position;
      yield toEvent('SNAPSHOT', position, snapshot.value);
    }
    isOver = true; // the tail was closed, unless it says why it stops
    for await (const item of tail.read(position, { interest: feed.interest, signal, idleMs: heartbeatMs })) {
      const told = item.kind === 'restart' ? undefined : toTold(feed, item);
      if (told === undefined) {
        isOver = false;
        if (item.kind === 'restart' && item.reason === 'restored' && (await isCurrent(db, position))) {
          await delay(tailPauseMs, undefined, { signal }).catch(() => undefined);
        } else position = undefined;
        break;
      }
      for (const { kind, items, ...step } of told) {
        position = step.position;
        yield toEvent(kind, position, items);
      }
    }
  }
}

interface Told<Item> {
  readonly kind: 'CHANGES' | 'HEARTBEAT';
  readonly position: Position;
  readonly items: readonly Item[];
}

/** What an item of the tail tells, in events of a bearable size; undefined when a change in it does not say enough. */
function toTold<DB extends ChangeFeedDatabase, Item>(
  { readChange, maxItems = 1_000 }: Feed<DB, Item>,
  item: Exclude<TailItem, { readonly kind: 'restart' }>,
): readonly Told<Item>[] | undefined {
  const { position } = item;
  if (item.kind === 'idle') return [{ kind: 'HEARTBEAT', position, items: [] }];
  const told: Told<Item>[] = [];
  let items: Item[] = [];
  let last = 0;
  for (const change of item.changes) {
    const more = readChange(change);
    if (more === undefined) return undefined;
    if (items.length > 0 && items.length + more.length > maxItems) {
      told.push({ kind: 'CHANGES', position: { ...position, number: last }, items });
      items = [];
    }
    items.push(...more);
    last = change.number;
  }
  return [...told, { kind: 'CHANGES', position, items }];
}

/** Whether a position is of this life of the feed after all: then only the tail has not heard of the new life yet. */
async function isCurrent<DB extends ChangeFeedDatabase>(db: Kysely<DB>, position: Position): Promise<boolean> {
  const state = await readFeedState(feedOf(db));
  return state.epoch === position.epoch && position.number <= state.number;
}

/** The feed's own tables of an owner's database. */
export function feedOf<DB extends ChangeFeedDatabase>(db: Kysely<DB>): Kysely<ChangeFeedDatabase> {
  return db as unknown as Kysely<ChangeFeedDatabase>;
}
