import { type CursorBinding, decodeCursor, encodeCursor } from '../../../db/change-feed/cursor.ts';
import type { FeedState } from '../../../db/change-feed/feed-state.ts';
import type { Position } from '../../../db/change-feed/position.ts';

/** Whose stock a reader follows. A cursor is bound to it: with another scope it is no cursor at all. */
export type StockScope =
  | { readonly kind: 'location'; readonly locationId: string }
  /** With its locations: when others serve the channel, its cursors end, because what they have was never announced. */
  | { readonly kind: 'channel'; readonly channelId: string; readonly locationIds: readonly string[] };

/** Where a reader is: among the changes, or still in the snapshot that began at a position, after a SKU. */
export interface StockPlace {
  readonly position: Position;
  readonly snapshotAfter?: string | undefined;
}

type Key = FeedState['cursorKey'];

/** A place as text for clients. */
export function toStockCursor(key: Key, scope: StockScope, { position, snapshotAfter }: StockPlace): string {
  const cursor = encodeCursor(key, bindingOf(scope, snapshotAfter), position);
  return snapshotAfter === undefined ? cursor : `${cursor}.${Buffer.from(snapshotAfter).toString('base64url')}`;
}

/** Reads a cursor back; undefined for one that is forged, damaged, or of another scope. */
export function readStockCursor(key: Key, scope: StockScope, cursor: string): StockPlace | undefined {
  const [text = '', sku, ...more] = cursor.split('.', 3);
  if (more.length > 0) return undefined;
  const snapshotAfter = sku === undefined ? undefined : Buffer.from(sku, 'base64url').toString('utf8');
  const position = decodeCursor(key, bindingOf(scope, snapshotAfter), text);
  return position === undefined ? undefined : { position, snapshotAfter };
}

function bindingOf(scope: StockScope, snapshotAfter: string | undefined): CursorBinding {
  const whose = scope.kind === 'location' ? [scope.locationId] : [scope.channelId, scope.locationIds];
  return { feed: 'stock', scope: JSON.stringify([scope.kind, ...whose, snapshotAfter ?? null]) };
}
