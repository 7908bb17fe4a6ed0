import { setTimeout as delay } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import { readFeedState } from '../../../db/change-feed/feed-state.ts';
import type { Tail, TailItem } from '../../../db/change-feed/open-tail.ts';
import type { Position } from '../../../db/change-feed/position.ts';
import { readSnapshot } from '../../../db/change-feed/snapshot.ts';
import type { InventoryDatabase } from '../../../db/tables/inventory.ts';
import type { StockChangedParent, StockLevelParent } from '../parents.ts';
import { readStockChange, stockTopic } from './stock-change.ts';
import { readStockCursor, type StockScope, toStockCursor } from './stock-cursor.ts';

export interface FollowOptions {
  readonly db: Kysely<InventoryDatabase>;
  readonly tail: Tail;
  readonly locationId: string;
  /** Where to go on; a place that cannot be gone on from is as none. */
  readonly after: string | null | undefined;
  /** After this long without a change comes a heartbeat. */
  readonly heartbeatMs: number;
  readonly signal: AbortSignal;
}

/** How long until the tail looks again, which then knows of a new life of the feed. */
const tailPauseMs = 100;

/**
 * A location's shelf, then every change of it, in order and once. Ends with the signal. Throws when the database fails: the caller comes
 * back with the last cursor.
 */
export async function* followStock(options: FollowOptions): AsyncGenerator<StockChangedParent, void, undefined> {
  const { db, tail, locationId, after, signal } = options;
  const scope: StockScope = { kind: 'location', locationId };
  const { cursorKey } = await readFeedState(db);
  const interest = { topic: stockTopic, scopes: [locationId] };
  const toEvent = (
    kind: StockChangedParent['kind'],
    position: Position,
    levels: readonly StockLevelParent[] = [],
  ): StockChangedParent => ({
    kind,
    cursor: toStockCursor(cursorKey, scope, { position }),
    sequence: position.number,
    levels,
  });

  const place = after == null ? undefined : readStockCursor(cursorKey, scope, after);
  let position = place?.snapshotAfter === undefined ? place?.position : undefined;
  for (let isOver = false; !isOver && !signal.aborted; ) {
    if (position === undefined) {
      const snapshot = await readSnapshot(db, (view, { number }) => listLevels(view, locationId, number), { signal });
      position = snapshot.position;
      yield toEvent('SNAPSHOT', position, snapshot.value);
    }
    isOver = true; // the tail was closed, unless it says why it stops
    for await (const item of tail.read(position, { interest, signal, idleMs: options.heartbeatMs })) {
      const event = item.kind === 'restart' ? undefined : toShelfEvent(item);
      if (event === undefined) {
        isOver = false;
        if (item.kind === 'restart' && item.reason === 'restored' && (await isCurrent(db, position))) {
          await delay(tailPauseMs, undefined, { signal }).catch(() => undefined);
        } else position = undefined;
        break;
      }
      position = event.position;
      yield toEvent(event.kind, position, event.levels);
    }
  }
}

type ShelfItem = Exclude<TailItem, { readonly kind: 'restart' }>;

/** What an item of the tail says of the shelf; undefined when a change in it does not say enough. */
function toShelfEvent(item: ShelfItem) {
  if (item.kind === 'idle') return { kind: 'HEARTBEAT', position: item.position, levels: [] } as const;
  const levels: StockLevelParent[] = [];
  for (const change of item.changes) {
    const versions = readStockChange(change);
    if (versions === undefined) return undefined;
    levels.push(...versions);
  }
  return { kind: 'CHANGES', position: item.position, levels } as const;
}

/** Whether a position is of this life of the feed after all: then only the tail has not heard of the new life yet. */
async function isCurrent(db: Kysely<InventoryDatabase>, position: Position): Promise<boolean> {
  const state = await readFeedState(db);
  return state.epoch === position.epoch && position.number <= state.number;
}

function listLevels(
  view: Kysely<InventoryDatabase>,
  locationId: string,
  sequence: number,
): Promise<StockLevelParent[]> {
  const read = [sql<Date>`now()`.as('as_of'), sql<number>`${sequence}::bigint`.as('sequence')] as const;
  return view
    .selectFrom('stock_level')
    .selectAll()
    .select(read)
    .where('location_id', '=', locationId)
    .orderBy('sku')
    .execute();
}
