/** A credit note of the past as a file brings it: what one customer brought back, without a word of which orders it came from. */
export interface ReturnToImport {
  readonly externalReference: string;
  readonly customerId: string;
  readonly currencyCode: string;
  readonly returnedAt: Date;
  readonly reason: 'UNWANTED' | 'DAMAGED' | 'WRONG_ITEM' | 'NOT_AS_DESCRIBED' | 'CANCELLED' | 'OTHER';
  /** No two of one SKU at one price. */
  readonly lines: readonly ReturnLineToImport[];
}

export interface ReturnLineToImport {
  readonly sku: string;
  readonly quantity: number;
  readonly unitPriceMinor: number;
}
