import { type Kysely, sql } from 'kysely';
import { readFeedState } from '../../../db/change-feed/feed-state.ts';
import type { Change } from '../../../db/change-feed/position.ts';
import { readChanges } from '../../../db/change-feed/read.ts';
import type { InventoryDatabase } from '../../../db/tables/inventory.ts';
import type { StockChangeParent } from '../parents.ts';
import { stockTopic } from './stock-change.ts';
import { readStockCursor, type StockPlace, type StockScope, toStockCursor } from './stock-cursor.ts';

export interface PullOptions {
  readonly scope: StockScope;
  /** Where to go on; a place that cannot be gone on from is as none. */
  readonly after: string | null | undefined;
  /** Changes, or variants of a snapshot, to read at most. */
  readonly limit: number;
  readonly signal: AbortSignal;
}

export interface StockChangesPage {
  readonly kind: 'SNAPSHOT' | 'CHANGES';
  /** Whether a snapshot begins here. */
  readonly isStart: boolean;
  readonly changes: readonly StockChangeParent[];
  readonly cursor: string;
  readonly sequence: number;
  readonly hasMore: boolean;
}

/**
 * The next page of a scope's feed: every variant with stock there, page by page, then what changes. The pages of a snapshot need not be of
 * one moment, because a change names the variant only and numbers are read when they are asked for: all that changed since the
 * first page follows after the last.
 */
export async function pullStockChanges(
  db: Kysely<InventoryDatabase>,
  { scope, after, limit, signal }: PullOptions,
): Promise<StockChangesPage> {
  const state = await readFeedState(db);
  const locationIds = scope.kind === 'location' ? [scope.locationId] : scope.locationIds;
  const toPage = (
    kind: StockChangesPage['kind'],
    place: StockPlace,
    changes: StockChangeParent[],
    hasMore: boolean,
  ) => ({
    kind,
    isStart: false,
    changes,
    cursor: toStockCursor(state.cursorKey, scope, place),
    sequence: place.position.number,
    hasMore,
  });

  const snapshot = async ({ position, snapshotAfter }: StockPlace) => {
    const rows = await listVariants(db, locationIds, snapshotAfter, limit + 1);
    const changes = rows.slice(0, limit);
    const isLast = rows.length <= limit;
    const place = { position, snapshotAfter: isLast ? undefined : changes.at(-1)?.sku };
    return toPage('SNAPSHOT', place, changes, !isLast || state.number > position.number);
  };

  const begin = async () => ({
    ...(await snapshot({ position: { epoch: state.epoch, number: state.number } })),
    isStart: true,
  });
  const place = after == null ? undefined : readStockCursor(state.cursorKey, scope, after);
  if (place === undefined) return begin();
  const interest = { topic: stockTopic, scopes: locationIds };
  const found = await readChanges(db, place.position, { interest, limit, signal });
  if (found.kind === 'restart') return begin();
  if (place.snapshotAfter !== undefined) return snapshot(place);
  return toPage('CHANGES', { position: found.position }, toVariants(found.changes), !found.isComplete);
}

/** The variants that changes are about, each once with its latest, in the order of these. */
function toVariants(changes: readonly Change[]): StockChangeParent[] {
  const latest = new Map<string, StockChangeParent>();
  for (const { key, scope, recordedAt } of changes) {
    const sku = key.slice(scope.length + 1); // levelKeyText
    latest.delete(sku);
    latest.set(sku, { sku, committedAt: recordedAt });
  }
  return [...latest.values()];
}

async function listVariants(
  db: Kysely<InventoryDatabase>,
  locationIds: readonly string[],
  afterSku: string | undefined,
  limit: number,
): Promise<StockChangeParent[]> {
  const { rows } = await sql<StockChangeParent>`
    select sku, max(updated_at) as "committedAt" from stock_level
     where location_id = any (${[...locationIds]}::text[]) and (${afterSku ?? null}::text is null or sku > ${afterSku ?? ''})
     group by sku order by sku limit ${limit}`.execute(db);
  return rows;
}
