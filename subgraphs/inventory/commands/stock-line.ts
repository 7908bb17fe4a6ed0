import type { StockLevelParent } from '../parents.ts';

/** Units of one SKU, and where in the input they stood. */
export interface StockLine {
  readonly sku: string;
  readonly quantity: number;
  readonly path: readonly string[];
}

/** The levels that a command moved, as it left them. */
export interface MovedStock {
  readonly levels: readonly StockLevelParent[];
}
