import type { Kysely } from 'kysely';
import { readFeedState } from '../../db/change-feed/feed-state.ts';
import { readChanges } from '../../db/change-feed/read.ts';
import { readSnapshot } from '../../db/change-feed/snapshot.ts';
import type { ChangeFeedDatabase } from '../../db/change-feed/tables.ts';
import { type Feed, type FeedEvent, feedOf } from './follow-feed.ts';

export interface PullFeedOptions<DB extends ChangeFeedDatabase> {
  readonly db: Kysely<DB>;
  /** Where to go on; a place that cannot be gone on from is as none. */
  readonly after: string | null | undefined;
  /** Changes to read at most. */
  readonly limit: number;
  readonly signal: AbortSignal;
}

/** A page of a feed that is pulled. */
export interface FeedPage<Item> extends FeedEvent<Item> {
  readonly kind: 'SNAPSHOT' | 'CHANGES';
  readonly hasMore: boolean;
}

/** The next page of a feed whose snapshot is small: that, or what has changed since. Its cursors are those of followFeed, and the other way. */
export async function pullFeed<DB extends ChangeFeedDatabase, Item>(
  feed: Feed<DB, Item>,
  { db, after, limit, signal }: PullFeedOptions<DB>,
): Promise<FeedPage<Item>> {
  const { cursorKey } = await readFeedState(feedOf(db));
  const start = after == null ? undefined : feed.readCursor(cursorKey, after);
  const { interest } = feed;
  const found = start === undefined ? undefined : await readChanges(feedOf(db), start, { interest, limit, signal });
  if (found?.kind === 'changes') {
    const { position, changes, isComplete } = found;
    const told = changes.map(feed.readChange);
    if (told.every((items) => items !== undefined)) {
      const cursor = feed.toCursor(cursorKey, position);
      return { kind: 'CHANGES', cursor, sequence: position.number, items: told.flat(), hasMore: !isComplete };
    }
  }
  const { position, value } = await readSnapshot(db, (view, at) => feed.readAll(view, at), { signal });
  const cursor = feed.toCursor(cursorKey, position);
  return { kind: 'SNAPSHOT', cursor, sequence: position.number, items: value, hasMore: false };
}
