/** An order of the past as a file brings it, checked: fulfilled, at least one line, amounts in minor units. */
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
  readonly fulfillment: { readonly locationId: string; readonly method: 'SHIPPING' | 'PICKUP' | 'IN_STORE' };
}

export interface OrderLineToImport {
  readonly sku: string;
  readonly title: string;
  readonly quantity: number;
  readonly unitPriceMinor: number;
}

/** What was paid for all lines, in minor units. */
export function totalOf(order: OrderToImport): number {
  return order.lines.reduce((sum, { quantity, unitPriceMinor }) => sum + quantity * unitPriceMinor, 0);
}
