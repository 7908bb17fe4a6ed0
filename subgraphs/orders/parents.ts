import type {
  FulfillmentMethod,
  FulfillmentOrderStatus,
  FulfillmentStatus,
  OrderEvent,
  OrderStatus,
  ReturnReason,
  ReturnStatus,
} from './resolver-types.generated.ts';

/** An order; whose it is and its currency are for the resolvers, not for the schema. */
export interface OrderParent {
  readonly id: string;
  readonly number: string;
  readonly externalReference: string | null;
  readonly status: OrderStatus;
  readonly channelId: string;
  readonly customerId: string | null;
  readonly currencyCode: string;
  readonly totalMinor: number;
  readonly placedAt: Date;
  /** `placedAt` in microseconds since 1970, as exact as the column: what cursors hold. */
  readonly placedAtUs: number;
  readonly version: number;
  /** As one version of it had it; left out when it is to be read as it is now. */
  readonly timeline?: readonly OrderEvent[];
}

/** An order as the queries read it. */
export interface OrderRow extends OrderParent {
  readonly email: string | null;
}

/** An order at one of its versions, with what had happened to it by then. */
export interface OrderState extends OrderParent {
  readonly timeline: readonly OrderEvent[];
}

/** An event of an order's feed. */
export interface OrderUpdatedParent {
  readonly kind: 'SNAPSHOT' | 'CHANGES' | 'HEARTBEAT';
  readonly cursor: string;
  readonly sequence: number;
  /** Null in a heartbeat. */
  readonly order: OrderState | null;
}

/** A page of the same feed. */
export interface OrderChangesPageParent {
  readonly kind: 'SNAPSHOT' | 'CHANGES';
  readonly cursor: string;
  readonly sequence: number;
  readonly orders: readonly OrderState[];
  readonly hasMore: boolean;
}

export interface OrderLineParent {
  readonly position: number;
  readonly sku: string;
  readonly title: string;
  readonly quantity: number;
  readonly unitPriceMinor: number;
  readonly currencyCode: string;
}

export interface FulfillmentOrderParent {
  readonly id: string;
  readonly orderId: string;
  readonly locationId: string;
  readonly method: FulfillmentMethod;
  readonly status: FulfillmentOrderStatus;
  readonly promisedBy: Date | null;
}

export interface FulfillmentParent {
  readonly id: string;
  readonly orderId: string;
  readonly locationId: string;
  readonly status: FulfillmentStatus;
  readonly carrier: string | null;
  readonly trackingNumber: string | null;
  readonly trackingUrl: string | null;
  readonly createdAt: Date;
}

/** A line of either a fulfilment order or a fulfilment. */
export interface FulfillmentLineParent {
  readonly sku: string;
  readonly quantity: number;
}

export interface ReturnParent {
  readonly id: string;
  readonly orderId: string;
  readonly status: ReturnStatus;
  readonly refundMinor: number;
  readonly currencyCode: string;
  readonly createdAt: Date;
}

export interface ReturnLineParent {
  readonly sku: string;
  readonly quantity: number;
  readonly reason: ReturnReason;
}

/** Another owner's channel: its key is all that is known here. */
export interface ChannelParent {
  readonly id: string;
}

/** Another owner's customer: its key is all that is known here. */
export interface CustomerParent {
  readonly id: string;
}

/** A channel's figures, not yet divided or put into words. */
export interface SalesParent {
  readonly currencyCode: string;
  readonly orders: number;
  readonly revenueMinor: number;
  readonly unitsSold: number;
  readonly unitsReturned: number;
}
