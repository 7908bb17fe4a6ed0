import { divideHalfEven } from '../../shared/money.ts';

/** Basis points of the whole: 10,000 are 100 %. */
export const wholeBasisPoints = 10_000;

/**
 * A list price less a promotion, in minor units, rounded half to even: over many sales that favours neither side. Exact as
 * long as the list price is at most 900,000,000,000 minor units, which the table price demands.
 */
export function priceAfter(listMinor: number, basisPointsOff: number): number {
  return divideHalfEven(listMinor * (wholeBasisPoints - basisPointsOff), wholeBasisPoints);
}
