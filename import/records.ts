/*
 * What rows become: plain data in the words of the trade, ready for the owner that keeps it. Amounts are integers of minor units.
 * Every text is trimmed, storable in Postgres and within its column's limits; every code has its final form.
 */

/** A product with the variants of one group of rows. */
export interface ProductRecord {
  readonly source: string;
  /** The source's own key; with `source` it names the product for ever. */
  readonly sourceKey: string;
  readonly handle: string;
  readonly title: string;
  readonly description: string;
  /** Each a path from the top of the tree; the product stands in the last of it. */
  readonly categories: readonly (readonly CategoryRecord[])[];
  readonly attributes: readonly NamedValue[];
  readonly media: readonly { readonly url: string; readonly alt: string }[];
  /** Where it is on sale; the prices of its variants count in each of them. */
  readonly channelIds: readonly string[];
  readonly variants: readonly VariantRecord[];
}

export interface CategoryRecord {
  readonly id: string;
  readonly name: string;
}

export interface NamedValue {
  readonly name: string;
  readonly value: string;
}

export interface VariantRecord {
  readonly sku: string;
  readonly gtin: string | null;
  readonly title: string;
  readonly options: readonly NamedValue[];
  readonly price: { readonly amountMinor: number; readonly compareAtMinor: number | null } | null;
}

/** A shop or a warehouse. */
export interface LocationRecord {
  readonly id: string;
  readonly source: string;
  readonly sourceKey: string;
  readonly name: string;
  readonly kind: 'STORE' | 'WAREHOUSE';
  readonly addressLines: readonly string[];
  readonly city: string;
  readonly region: string | null;
  readonly postalCode: string;
  readonly countryCode: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly timeZone: string;
  readonly hours: readonly OpeningHours[];
  readonly coordinatesDoubt: string | null;
}

/** One weekday, 1 is Monday, in the location's own time. `closes` at or before `opens` means the next day. */
export interface OpeningHours {
  readonly day: number;
  readonly opens: string;
  readonly closes: string;
}

/** What stands on the shelf. */
export interface StockRecord {
  readonly sku: string;
  readonly locationId: string;
  readonly onHand: number;
  readonly safetyStock: number;
}

/** An order, as far as it has come. */
export interface OrderRecord {
  readonly channelId: string;
  readonly externalReference: string;
  /** Null for a guest. */
  readonly customerId: string | null;
  readonly email: string | null;
  readonly currencyCode: string;
  readonly countryCode: string | null;
  readonly placedAt: Date;
  readonly lines: readonly OrderLineRecord[];
  readonly fulfillment: FulfillmentRecord;
}

export interface OrderLineRecord {
  readonly sku: string;
  readonly title: string;
  readonly quantity: number;
  readonly unitPriceMinor: number;
}

export interface FulfillmentRecord {
  readonly locationId: string;
  readonly method: 'SHIPPING' | 'PICKUP' | 'IN_STORE';
  /** How far the order has come: all of it has left, or nothing yet. */
  readonly status: 'PLACED' | 'FULFILLED' | 'CANCELLED';
  /** When it came to that; null when the file does not say. */
  readonly since: Date | null;
}

/** Goods that came back, all on one credit note. Which orders they belong to is found by the owner of orders. */
export interface ReturnRecord {
  readonly externalReference: string;
  readonly customerId: string;
  readonly currencyCode: string;
  readonly returnedAt: Date;
  readonly reason: 'UNWANTED' | 'DAMAGED' | 'WRONG_ITEM' | 'NOT_AS_DESCRIBED' | 'CANCELLED' | 'OTHER';
  readonly lines: readonly {
    readonly sku: string;
    readonly quantity: number;
    readonly unitPriceMinor: number;
  }[];
}

/** By which name a source knows a customer. */
export interface IdentityRecord {
  readonly kind: 'EMAIL' | 'EXTERNAL_ID';
  readonly value: string;
  readonly source: string;
  readonly displayName: string;
  readonly countryCode: string | null;
}

/** Something a customer did: a line of their timeline. */
export interface InteractionRecord {
  readonly customerId: string;
  readonly channelId: string;
  readonly kind: 'ORDERED' | 'RETURNED';
  /** The id of the order or the return: the same happening is recorded once. */
  readonly reference: string;
  readonly summary: string;
  readonly occurredAt: Date;
}
