/** An order as a file brings it, checked: at least one line, amounts in minor units. */
export interface OrderToImport {
  readonly channelId: string;
  /** With the channel it names the order for ever. */
  readonly externalReference: string;
  /** Null for a guest. */
  readonly customerId: string | null;
  readonly email: string | null;
  readonly currencyCode: string;
  readonly countryCode: string | null;
  readonly placedAt: Date;
  readonly lines: readonly OrderLineToImport[];
  readonly fulfillment: FulfillmentToImport;
}

export interface FulfillmentToImport {
  readonly locationId: string;
  readonly method: 'SHIPPING' | 'PICKUP' | 'IN_STORE';
  /** How far the order has come: all of it has left, or nothing yet. */
  readonly status: 'PLACED' | 'FULFILLED' | 'CANCELLED';
  /** When it came to that; null when the file does not say, which is taken for the moment it was placed. */
  readonly since: Date | null;
}

export interface OrderLineToImport {
  readonly sku: string;
  readonly title: string;
  readonly quantity: number;
  readonly unitPriceMinor: number;
}

/** When the order came as far as it is. */
export function sinceOf({ placedAt, fulfillment }: OrderToImport): Date {
  return fulfillment.since ?? placedAt;
}

/** What was paid for all lines, in minor units. */
export function totalOf(order: OrderToImport): number {
  return order.lines.reduce((sum, { quantity, unitPriceMinor }) => sum + quantity * unitPriceMinor, 0);
}
