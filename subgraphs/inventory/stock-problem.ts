/**
 * Why a stock command did not do what was asked. Stored with the idempotency key, so it holds what was true then and
 * nothing that has to be looked up.
 */
export type StockProblem =
  | InsufficientStockProblem
  | { readonly kind: 'HOLD_NOT_ACTIVE'; readonly state: HoldState; readonly path: readonly string[] }
  | {
      readonly kind: 'NOT_FOUND';
      readonly what: 'HOLD' | 'LOCATION' | 'CHANNEL' | 'TRANSFER' | 'LINE';
      readonly path: readonly string[];
    }
  | { readonly kind: 'TRANSFER_CLOSED'; readonly path: readonly string[] }
  | { readonly kind: 'OUT_OF_RANGE'; readonly message: string; readonly path: readonly string[] }
  | { readonly kind: 'VERSION_CONFLICT'; readonly currentVersion: number; readonly path: readonly string[] }
  | { readonly kind: 'IDEMPOTENCY_KEY_REUSED'; readonly path: readonly string[] };

/** Less is left than was asked for. */
export interface InsufficientStockProblem {
  readonly kind: 'INSUFFICIENT_STOCK';
  readonly sku: string;
  /** Where it was asked; null when any location of the channel would have done. */
  readonly locationId: string | null;
  readonly channelId: string | null;
  readonly quantity: number;
  readonly availableToSell: number;
  readonly path: readonly string[];
}

export type HoldState = 'HELD' | 'COMMITTED' | 'RELEASED' | 'EXPIRED';
