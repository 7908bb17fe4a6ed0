import type { Rewrite } from '../planning/plan-node.ts';

/** A subgraph's error path in the response keys of the client: undoes the aliases that the planner invented. */
export function renamedPath(
  path: readonly (string | number)[],
  outputRewrites: readonly Rewrite[],
): readonly (string | number)[] {
  if (outputRewrites.length === 0) return path;
  const names = new Map<string | number, string>();
  for (const rewrite of outputRewrites) {
    const last = rewrite.path.at(-1);
    if (rewrite.kind === 'rename' && last?.kind === 'field') names.set(last.key, rewrite.to);
  }
  return path.map((key) => names.get(key) ?? key);
}
