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
}

export type MovementKind =
  | 'RECEIVED'
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
}

/** The tables that inventory owns. */
export interface InventoryDatabase extends ChangeFeedDatabase {
  location: LocationTable;
  channel_location: ChannelLocationTable;
  stock_level: StockLevelTable;
  stock_movement: StockMovementTable;
}
