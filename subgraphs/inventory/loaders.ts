import DataLoader from 'dataloader';
import type { Kysely, Selectable } from 'kysely';
import type { InventoryDatabase, StockHoldLineTable, StockTransferLineTable } from '../../db/tables/inventory.ts';
import { createKeyedLoader } from '../shared/keyed-loader.ts';
import type { BundlePart } from './bundles/bundle-parts.ts';
import { type LevelKey, levelKeyText } from './level-key.ts';
import type {
  AvailabilityParent,
  ChannelBackOrderParent,
  ChannelBufferParent,
  ChannelQuotaParent,
  LocationParent,
  PickupOptionParent,
  StockAlternativeParent,
  StockHoldParent,
  StockLevelParent,
  StockMovementParent,
  StockThresholdParent,
  StockTransferParent,
} from './parents.ts';
import { type AccuracyKey, type CountAccuracy, countAccuracy } from './queries/count-accuracy.ts';
import { findBackOrders } from './queries/find-back-orders.ts';
import { findBundleParts } from './queries/find-bundle-parts.ts';
import { findBuffers, findQuotas } from './queries/find-channel-rules.ts';
import { findHoldLines, findHolds } from './queries/find-holds.ts';
import { findLocations } from './queries/find-locations.ts';
import { findStockLevels } from './queries/find-stock-levels.ts';
import { findThresholds, type ThresholdKey } from './queries/find-thresholds.ts';
import { findTransferLines, findTransfers } from './queries/find-transfers.ts';
import { listAlternatives } from './queries/list-alternatives.ts';
import {
  type ChannelLocation,
  type ChannelLocationsKey,
  listChannelLocations,
} from './queries/list-channel-locations.ts';
import type { Point } from './queries/list-locations.ts';
import { listMovements, type MovementsKey } from './queries/list-movements.ts';
import { listPickupOptions } from './queries/list-pickup-options.ts';
import { type AvailabilityKey, readAvailability } from './queries/read-availability.ts';
import { sumPickupQueues } from './queries/sum-pickup-queues.ts';
import type { InsufficientStockProblem } from './stock-problem.ts';

/** Pickup options asked of one place; the place and the number are arguments of the field, the same for a whole page. */
export interface PickupKey extends AvailabilityKey {
  readonly near: Point;
  readonly first: number;
}

/** The loaders of one request: they remember, so they must not outlive it. */
export interface Loaders {
  readonly location: DataLoader<string, LocationParent | undefined>;
  readonly stockLevel: DataLoader<LevelKey, StockLevelParent | undefined, string>;
  readonly availability: DataLoader<AvailabilityKey, AvailabilityParent, string>;
  readonly pickup: DataLoader<PickupKey, readonly PickupOptionParent[], string>;
  readonly movements: DataLoader<MovementsKey, readonly StockMovementParent[], string>;
  readonly hold: DataLoader<string, StockHoldParent | undefined>;
  readonly holdLines: DataLoader<string, readonly Selectable<StockHoldLineTable>[]>;
  readonly channelLocations: DataLoader<ChannelLocationsKey, readonly ChannelLocation[], string>;
  readonly buffer: DataLoader<AvailabilityKey, ChannelBufferParent | undefined, string>;
  readonly quota: DataLoader<AvailabilityKey, ChannelQuotaParent | undefined, string>;
  readonly transfer: DataLoader<string, StockTransferParent | undefined>;
  readonly transferLines: DataLoader<string, readonly Selectable<StockTransferLineTable>[]>;
  readonly backOrder: DataLoader<AvailabilityKey, ChannelBackOrderParent | undefined, string>;
  readonly bundleParts: DataLoader<string, readonly BundlePart[]>;
  readonly pickupQueue: DataLoader<string, number>;
  readonly accuracy: DataLoader<AccuracyKey, CountAccuracy, string>;
  readonly threshold: DataLoader<ThresholdKey, StockThresholdParent | undefined, string>;
  readonly alternatives: DataLoader<InsufficientStockProblem, readonly StockAlternativeParent[]>;
}

/** Loaders over a database: each asks one statement for all that a level of the query wants. */
export function createLoaders(db: Kysely<InventoryDatabase>): Loaders {
  return {
    location: new DataLoader((ids) => findLocations(db, ids)),
    stockLevel: new DataLoader((keys) => findStockLevels(db, keys), { cacheKeyFn: levelKeyText }),
    availability: new DataLoader((keys) => readAvailability(db, keys), {
      cacheKeyFn: ({ sku, channelId }) => JSON.stringify([sku, channelId]),
    }),
    pickup: new DataLoader((keys) => loadPickup(db, keys), {
      cacheKeyFn: ({ sku, channelId, near, first }) => JSON.stringify([sku, channelId, placeText({ near, first })]),
    }),
    movements: createKeyedLoader((keys) => listMovements(db, keys)),
    hold: new DataLoader((ids) => findHolds(db, ids)),
    holdLines: new DataLoader((ids) => findHoldLines(db, ids)),
    channelLocations: createKeyedLoader((keys) => listChannelLocations(db, keys)),
    buffer: createKeyedLoader((keys) => findBuffers(db, keys)),
    quota: createKeyedLoader((keys) => findQuotas(db, keys)),
    transfer: new DataLoader((ids) => findTransfers(db, ids)),
    transferLines: new DataLoader((ids) => findTransferLines(db, ids)),
    backOrder: createKeyedLoader((keys) => findBackOrders(db, keys)),
    bundleParts: new DataLoader((skus) => findBundleParts(db, skus)),
    pickupQueue: new DataLoader((ids) => sumPickupQueues(db, ids)),
    accuracy: createKeyedLoader((keys) => countAccuracy(db, keys)),
    threshold: createKeyedLoader((keys) => findThresholds(db, keys)),
    alternatives: new DataLoader((problems) => listAlternatives(db, problems)),
  };
}

/** One statement for each distinct place and number asked for: a page asks for one. */
async function loadPickup(
  db: Kysely<InventoryDatabase>,
  keys: readonly PickupKey[],
): Promise<(readonly PickupOptionParent[])[]> {
  const groups = Map.groupBy(keys, placeText);
  const found = new Map<PickupKey, readonly PickupOptionParent[]>();
  for (const group of groups.values()) {
    const [{ near, first } = { near: { latitude: 0, longitude: 0 }, first: 0 }] = group;
    const options = await listPickupOptions(db, near, first, group);
    for (const [i, key] of group.entries()) found.set(key, options[i] ?? []);
  }
  return keys.map((key) => found.get(key) ?? []);
}

function placeText({ near, first }: Pick<PickupKey, 'near' | 'first'>): string {
  return JSON.stringify([near.latitude, near.longitude, first]);
}
