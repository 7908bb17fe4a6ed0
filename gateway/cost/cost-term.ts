import type { VariableValues } from '../planning/compile-variables.ts';

/** A cost, or how it follows from the coerced variables. What does not depend on them is a number from the start. */
export type CostTerm = number | ((values: VariableValues) => number);

/** Far above every limit and far below what floating-point numbers still count exactly. */
export const maxCost = 1e15;

export function costOf(term: CostTerm, values: VariableValues): number {
  return typeof term === 'number' ? term : term(values);
}

/** Keeps a cost in its bounds: lists of lists of 2^31 items multiply, and weights may be negative. */
export function clampCost(cost: number): number {
  return cost >= maxCost ? maxCost : cost > -maxCost ? cost : -maxCost;
}

/** Computes from several terms, each evaluated once; at once when all of them are numbers. */
export function combine(terms: readonly CostTerm[], compute: (costs: readonly number[]) => number): CostTerm {
  if (terms.every((term) => typeof term === 'number')) return clampCost(compute(terms));
  return (values) => clampCost(compute(terms.map((term) => costOf(term, values))));
}

export function sum(terms: readonly CostTerm[]): CostTerm {
  return combine(terms, (costs) => costs.reduce((total, cost) => total + cost, 0));
}
