/** Units of one SKU, and where in the input they stood. */
export interface StockLine {
  readonly sku: string;
  readonly quantity: number;
  readonly path: readonly string[];
}

/** Which levels a command moved. */
export interface MovedStock {
  readonly locationId: string;
  readonly skus: readonly string[];
}
