/** The labels of the progressive `@override`s of a supergraph: percentages, and those that somebody else switches on. */
export interface OverrideLabels {
  readonly percentages: readonly number[];
  readonly custom: readonly string[];
}

/** Reads them from a supergraph's SDL, where every composer writes them as `overrideLabel: "…"`. */
export function readOverrideLabels(supergraphSdl: string): OverrideLabels {
  const labels = new Set(Array.from(supergraphSdl.matchAll(/overrideLabel:\s*"([^"]+)"/g), (match) => match[1] ?? ''));
  const percentages: number[] = [];
  const custom: string[] = [];
  for (const label of labels) {
    const percentage = percentageOf(label);
    if (percentage === undefined) custom.push(label);
    else percentages.push(percentage);
  }
  return { percentages, custom };
}

function percentageOf(label: string): number | undefined {
  const match = /^percent\((\d+(?:\.\d+)?)\)$/.exec(label);
  return match?.[1] === undefined ? undefined : Number(match[1]);
}
