import type { Selectable } from 'kysely';
import type { LocationTable, StockLevelTable } from '../../db/tables/inventory.ts';

/** A location as its row stands. */
export type LocationParent = Selectable<LocationTable>;

/** A level as its row stands. */
export type StockLevelParent = Selectable<StockLevelTable>;

/** Products owns the variant; here its SKU is all that is known of it. */
export interface ProductVariantParent {
  readonly sku: string;
}

/** What a channel can sell of a variant, as read in one statement. */
export interface AvailabilityParent {
  readonly sku: string;
  readonly channelId: string;
  readonly availableToSell: number;
  /** How many locations serve the channel, whether or not they stock the variant. */
  readonly locations: number;
  readonly asOf: Date;
}

/** A shop that has a variant. */
export interface PickupOptionParent {
  readonly location: LocationParent;
  readonly distanceKm: number;
  readonly availableToSell: number;
  /** The instant, by the database's clock, that opening hours are counted from. */
  readonly asOf: Date;
}
