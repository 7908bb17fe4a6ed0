import type { LevelKey } from '../level-key.ts';

/** What a level counts. */
export interface Counters {
  readonly onHand: number;
  readonly unavailable: number;
  readonly allocated: number;
  readonly held: number;
  readonly incoming: number;
  readonly safetyStock: number;
}

/** A level whose row is locked by the transaction at hand: nobody else changes it until the commit. */
export interface LockedLevel extends LevelKey, Counters {
  readonly shortfall: number;
  /** How much of what is promised beyond what is sellable was agreed to wait for goods that will come in. */
  readonly backOrdered: number;
  readonly version: number;
}

/** What can still be promised. Below zero: more is promised than is there. */
export function sellableOf(level: Counters): number {
  return level.onHand - level.unavailable - level.allocated - level.held - level.safetyStock;
}

/**
 * How much of what is promised does not stand on the shelf for sale; 0 when nothing is missing. Never more than what is promised:
 * a shelf that the records have below zero has nothing, not less.
 */
export function missingOf(level: Counters): number {
  return Math.max(0, level.allocated + level.held - Math.max(0, level.onHand - level.unavailable));
}
