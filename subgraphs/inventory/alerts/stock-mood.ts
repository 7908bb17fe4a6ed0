/** When a number of stock is low, and when it is not any more. */
export interface Threshold {
  /** At this, or below it, the number is low. */
  readonly low: number;
  /** It stays low until it is `low + margin` again: so a number that goes up and down by one is told of once. At least 1. */
  readonly margin: number;
  /** What was out is back with so many. At least 1. */
  readonly backInStockAt: number;
}

/** How a number of stock was when it was last looked at. */
export type StockMood = 'ENOUGH' | 'LOW' | 'OUT';

/** How a number is, given how it was. Without a threshold nobody wants to know, and it is ENOUGH. */
export function nextMood(mood: StockMood, units: number, threshold: Threshold | undefined): StockMood {
  if (threshold === undefined) return 'ENOUGH';
  if (units <= 0) return 'OUT';
  if (mood === 'OUT' && units < threshold.backInStockAt) return 'OUT';
  const enoughAt = mood === 'ENOUGH' ? threshold.low + 1 : threshold.low + threshold.margin;
  return units < enoughAt ? 'LOW' : 'ENOUGH';
}
