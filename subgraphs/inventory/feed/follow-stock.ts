import { type Kysely, sql } from 'kysely';
import type { InventoryDatabase } from '../../../db/tables/inventory.ts';
import { type Feed, type FollowOptions, followFeed } from '../../shared/follow-feed.ts';
import type { StockChangedParent, StockLevelParent } from '../parents.ts';
import { readStockChange, stockTopic } from './stock-change.ts';
import { readStockCursor, type StockScope, toStockCursor } from './stock-cursor.ts';

/** A location's shelf, then every change of it; see followFeed. */
export async function* followStock(
  options: FollowOptions<InventoryDatabase> & { readonly locationId: string },
): AsyncGenerator<StockChangedParent, void, undefined> {
  const { locationId } = options;
  for await (const { items, ...event } of followFeed(createShelfFeed(locationId), options)) {
    yield { ...event, levels: items };
  }
}

function createShelfFeed(locationId: string): Feed<InventoryDatabase, StockLevelParent> {
  const scope: StockScope = { kind: 'location', locationId };
  return {
    interest: { topic: stockTopic, scopes: [locationId] },
    toCursor: (key, position) => toStockCursor(key, scope, { position }),
    readCursor: (key, cursor) => {
      const place = readStockCursor(key, scope, cursor);
      return place?.snapshotAfter === undefined ? place?.position : undefined;
    },
    readAll: (view, { number }) => listLevels(view, locationId, number),
    readChange: readStockChange,
  };
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
