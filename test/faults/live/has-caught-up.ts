import type { Truth } from './check-truth.ts';
import type { Till } from './till.ts';

/** Whether every till has the last version of every level; one with a fault is not waited for. */
export function hasCaughtUp(crowd: readonly Till[], truth: Truth): boolean {
  return crowd.every(({ copy }) => {
    if (copy.faults.length > 0) return true;
    const levels = [...(truth.get(copy.location) ?? [])];
    return levels.every(([sku, { version }]) => copy.levels.get(sku)?.version === version);
  });
}
