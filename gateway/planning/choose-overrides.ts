import type { OverrideChoice } from './planner.ts';

const noLabels: ReadonlySet<string> = new Set();
export const noOverrides: OverrideChoice = { key: '', activeLabels: noLabels, percentage: 100 };

/**
 * Makes the draw for a supergraph with these override percentages and custom labels. All draws that fall between the
 * same two percentages get the same representative percentage, hence one plan instead of one per random number.
 */
export function createOverrideChooser(
  percentages: readonly number[],
  customLabels: readonly string[],
): (random: number, labels?: ReadonlySet<string>) => OverrideChoice {
  if (percentages.length === 0 && customLabels.length === 0) return () => noOverrides;
  const sorted = [...new Set(percentages)].sort((a, b) => a - b);
  return (random, labels = noLabels) => {
    const drawn = random * 100;
    const above = sorted.findIndex((percentage) => drawn < percentage);
    const lower = above === -1 ? (sorted.at(-1) ?? 0) : (sorted[above - 1] ?? 0);
    const upper = above === -1 ? 100 : (sorted[above] ?? 100);
    const percentage = upper === lower ? upper : (lower + upper) / 2;
    const active = new Set(customLabels.filter((label) => labels.has(label)));
    return { key: `${above}|${[...active].sort().join('|')}`, activeLabels: active, percentage };
  };
}
