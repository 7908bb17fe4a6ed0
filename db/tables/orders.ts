import type { Generated, GeneratedAlways } from 'kysely';
import type { ChangeFeedDatabase } from '../change-feed/tables.ts';

export interface OrderTable {
  id: Generated<string>;
  number: Generated<string>;
  channel_id: string;
  external_reference: string | null;
  customer_id: string | null;
  email: string | null;
  status: 'PLACED' | 'PARTIALLY_FULFILLED' | 'FULFILLED' | 'CANCELLED' | 'RETURNED';
  currency_code: string;
  total_minor: number;
  country_code: string | null;
  placed_at: Date;
  updated_at: Generated<Date>;
  version: Generated<number>;
}

export interface OrderLineTable {
  order_id: string;
  position: number;
  sku: string;
  title: string;
  quantity: number;
  unit_price_minor: number;
}

export interface OrderEventTable {
  id: GeneratedAlways<number>;
  order_id: string;
  at: Date;
  kind: 'PLACED' | 'SHIPPED' | 'DELIVERED' | 'CANCELLED' | 'RETURNED' | 'REFUNDED';
  message: string;
}

export interface FulfillmentOrderTable {
  id: Generated<string>;
  order_id: string;
  location_id: string;
  method: 'SHIPPING' | 'PICKUP' | 'IN_STORE';
  status: 'REQUESTED' | 'PICKING' | 'READY' | 'DONE' | 'DECLINED' | 'CANCELLED';
  promised_by: Date | null;
  created_at: Date;
}

export interface FulfillmentOrderLineTable {
  fulfillment_order_id: string;
  order_id: string;
  line_position: number;
  quantity: number;
}

export interface FulfillmentTable {
  id: Generated<string>;
  fulfillment_order_id: string;
  order_id: string;
  location_id: string;
  status: 'IN_TRANSIT' | 'DELIVERED' | 'HANDED_OVER';
  carrier: string | null;
  tracking_number: string | null;
  tracking_url: string | null;
  created_at: Date;
}

export interface FulfillmentLineTable {
  fulfillment_id: string;
  order_id: string;
  line_position: number;
  quantity: number;
}

export interface ReturnTable {
  id: Generated<string>;
  order_id: string;
  channel_id: string;
  external_reference: string | null;
  status: 'REQUESTED' | 'RECEIVED' | 'REFUNDED';
  refund_minor: number;
  created_at: Date;
}

export interface ReturnLineTable {
  return_id: string;
  position: number;
  order_id: string;
  line_position: number;
  quantity: number;
  reason: 'UNWANTED' | 'DAMAGED' | 'WRONG_ITEM' | 'NOT_AS_DESCRIBED' | 'CANCELLED' | 'OTHER';
}

/** The tables that orders owns. */
export interface OrdersDatabase extends ChangeFeedDatabase {
  order: OrderTable;
  order_line: OrderLineTable;
  order_event: OrderEventTable;
  fulfillment_order: FulfillmentOrderTable;
  fulfillment_order_line: FulfillmentOrderLineTable;
  fulfillment: FulfillmentTable;
  fulfillment_line: FulfillmentLineTable;
  return: ReturnTable;
  return_line: ReturnLineTable;
}
