import type { Generated, GeneratedAlways, JSONColumnType } from 'kysely';
import type { ChangeFeedDatabase } from '../change-feed/tables.ts';

/** When a shop is open on one weekday, in its own time. 1 is Monday; `closes` at or before `opens` means the next day. */
export interface OpeningHoursColumn {
  readonly day: number;
  readonly opens: string;
  readonly closes: string;
}

export interface LocationTable {
  id: string;
  name: string;
  kind: 'STORE' | 'WAREHOUSE';
  address_lines: string[];
  city: string;
  region: string | null;
  postal_code: string;
  country_code: string;
  latitude: number;
  longitude: number;
  time_zone: string;
  /** Written as JSON text. */
  hours: JSONColumnType<OpeningHoursColumn[], string | undefined, string>;
  coordinates_doubt: string | null;
  source: string;
  source_key: string;
  updated_at: Generated<Date>;
  /** Units; null for as many as come. */
  pickups_per_hour: number | null;
  pickups_per_day: number | null;
}

export interface ChannelLocationTable {
  channel_id: string;
  location_id: string;
  priority: number;
}

export interface StockLevelTable {
  sku: string;
  location_id: string;
  on_hand: Generated<number>;
  unavailable: Generated<number>;
  allocated: Generated<number>;
  held: Generated<number>;
  incoming: Generated<number>;
  safety_stock: Generated<number>;
  version: Generated<number>;
  updated_at: Generated<Date>;
  sellable: GeneratedAlways<number>;
  /** What was promised and is not there any more; only facts raise it. */
  shortfall: Generated<number>;
  /** How much of what is promised beyond what is sellable was agreed to wait. */
  back_ordered: Generated<number>;
  /** `sellable` as the sums of channels count it. */
  folded_sellable: Generated<number>;
}

/** How often the locations of a channel have changed; written by triggers. */
export interface ChannelServingTable {
  channel_id: string;
  version: number;
}

/** SKUs of which sums are kept. */
export interface StockSummedSkuTable {
  sku: string;
}

/** What a channel's locations have of a SKU, as of the last fold. */
export interface StockSumTable {
  sku: string;
  channel_id: string;
  serving_version: number;
  buffer_units: number;
  sellable: number;
  on_shelf: number;
}

export type MovementKind =
  | 'RECEIVED'
  | 'HELD'
  | 'ALLOCATED'
  | 'SHIPPED'
  | 'RELEASED'
  | 'SOLD'
  | 'RETURNED'
  | 'ADJUSTED'
  | 'COUNTED'
  | 'TRANSFER_OUT'
  | 'TRANSFER_IN';

export interface StockMovementTable {
  id: GeneratedAlways<number>;
  sku: string;
  location_id: string;
  kind: MovementKind;
  quantity: number;
  on_hand_after: number;
  allocated_after: number;
  version: number;
  actor: string;
  cause_kind: string;
  cause_id: string;
  occurred_at: Date;
  recorded_at: Generated<Date>;
  on_hand_change: Generated<number>;
  unavailable_change: Generated<number>;
  allocated_change: Generated<number>;
  held_change: Generated<number>;
  incoming_change: Generated<number>;
  safety_stock_change: Generated<number>;
  unavailable_after: Generated<number>;
  held_after: Generated<number>;
  incoming_after: Generated<number>;
  safety_stock_after: Generated<number>;
}

export interface StockHoldTable {
  id: string;
  state: 'HELD' | 'COMMITTED' | 'RELEASED' | 'EXPIRED';
  owner_kind: 'CART' | 'TILL' | 'IMPORT' | 'TRY_ON' | 'ORDER';
  owner_id: string | null;
  customer_id: string | null;
  note: string | null;
  channel_id: string | null;
  actor: string;
  created_at: Date;
  expires_at: Date;
  ended_at: Date | null;
  reference: string | null;
}

export interface StockHoldLineTable {
  hold_id: string;
  sku: string;
  location_id: string;
  quantity: number;
  /** Whether the level's `held` still counts it. */
  is_open: Generated<boolean>;
  expires_at: Date;
  /** Under which quota of its channel it was held. */
  quota_id: number | null;
}

export interface StockTransferTable {
  id: string;
  from_location_id: string;
  to_location_id: string;
  reference: string;
  actor: string;
  sent_at: Date;
  closed_at: Date | null;
}

export interface StockTransferLineTable {
  transfer_id: string;
  sku: string;
  sent: number;
  received: Generated<number>;
  damaged: Generated<number>;
}

export interface ChannelBufferTable {
  channel_id: string;
  /** '' means every variant. */
  sku: Generated<string>;
  kind: 'UNITS' | 'PER_CENT' | 'DAYS_OF_COVER';
  amount: number;
  version: Generated<number>;
  updated_at: Generated<Date>;
}

export interface ChannelQuotaTable {
  id: GeneratedAlways<number>;
  channel_id: string;
  sku: string;
  starts_at: Date;
  ends_at: Date;
  units: number;
  used: Generated<number>;
  version: Generated<number>;
}

export interface ChannelBackOrderTable {
  channel_id: string;
  sku: string;
  location_id: string;
  units: number;
  sellable_from: Date | null;
  expected_at: Date | null;
  version: Generated<number>;
}

export interface StockBundleTable {
  sku: string;
  version: Generated<number>;
}

export interface StockBundlePartTable {
  bundle_sku: string;
  part_sku: string;
  quantity: number;
}

export interface StockThresholdTable {
  scope_kind: 'LOCATION' | 'CHANNEL';
  scope_id: string;
  /** '' means every variant. */
  sku: Generated<string>;
  low: number;
  margin: number;
  back_in_stock_at: number;
  version: Generated<number>;
}

/** As far as alerts have looked at the feed; `stock_threshold` has what people have set by now. */
export interface StockThresholdInForceTable {
  location_id: string;
  /** '' means every variant. */
  sku: string;
  low: number;
  margin: number;
  back_in_stock_at: number;
}

export interface StockAlertTable {
  id: string;
  place: GeneratedAlways<number>;
  kind: 'LOW' | 'OUT' | 'BACK_IN_STOCK' | 'SHORTFALL' | 'OVER_QUOTA';
  scope_kind: 'LOCATION' | 'CHANNEL';
  scope_id: string;
  sku: string;
  quantity: number;
  threshold: number | null;
  promises: JSONColumnType<StockPromiseColumn[], string | undefined, string>;
  opened_at: Date;
  closed_at: Date | null;
  sequence: number;
  version: number;
}

/** Something that was promised and cannot be kept, as an alert of a shortfall names it. */
export interface StockPromiseColumn {
  readonly kind: 'HOLD' | 'ORDER';
  /** The hold's id, or the order as it was named when the hold was committed. */
  readonly id: string;
  /** What a hold is for; null for an order. */
  readonly ownerKind: StockHoldTable['owner_kind'] | null;
  readonly quantity: number;
  /** ISO 8601. */
  readonly madeAt: string;
}

export interface StockAlertProgressTable {
  /** Always true: there is one row. */
  is_only: Generated<boolean>;
  epoch: number;
  number: number;
}

export interface IdempotencyRecordTable {
  key: string;
  fingerprint: string;
  /** Written as JSON text. */
  answer: JSONColumnType<object, string, string>;
  created_at: Generated<Date>;
}

export interface StockAuditTable {
  id: GeneratedAlways<number>;
  checked_at: Date;
  checked_levels: number;
  ledger_mismatches: number;
  oversold: number;
  unbalanced_holds: number;
  differences: JSONColumnType<StockDifferenceColumn[], string, string>;
}

/** One level that does not agree with what explains it. */
export interface StockDifferenceColumn {
  readonly sku: string;
  readonly locationId: string;
  readonly problem: string;
  readonly expected: number;
  readonly actual: number;
}

/** The tables that inventory owns. */
export interface InventoryDatabase extends ChangeFeedDatabase {
  location: LocationTable;
  channel_location: ChannelLocationTable;
  channel_serving: ChannelServingTable;
  stock_level: StockLevelTable;
  stock_summed_sku: StockSummedSkuTable;
  stock_sum: StockSumTable;
  stock_movement: StockMovementTable;
  stock_hold: StockHoldTable;
  stock_hold_line: StockHoldLineTable;
  idempotency_record: IdempotencyRecordTable;
  stock_audit: StockAuditTable;
  channel_buffer: ChannelBufferTable;
  channel_quota: ChannelQuotaTable;
  channel_back_order: ChannelBackOrderTable;
  stock_bundle: StockBundleTable;
  stock_bundle_part: StockBundlePartTable;
  stock_threshold: StockThresholdTable;
  stock_threshold_in_force: StockThresholdInForceTable;
  stock_alert: StockAlertTable;
  stock_alert_progress: StockAlertProgressTable;
  stock_transfer: StockTransferTable;
  stock_transfer_line: StockTransferLineTable;
}
