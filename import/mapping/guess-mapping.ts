import type { ImportKind, Mapping } from './mapping.ts';

/**
 * The mapping whose columns are all in the file; of several, the one that knows most of them.
 * @throws Error that names the columns of the file when none or two fit as well
 */
export function guessMapping(mappings: readonly Mapping[], kind: ImportKind, columns: readonly string[]): Mapping {
  const has = new Set(columns);
  const fitting = mappings
    .filter((mapping) => mapping[kind] !== undefined && mapping.columns.every((column) => has.has(column)))
    .sort((a, b) => b.columns.length - a.columns.length);
  const [best, second] = fitting;
  if (best === undefined) {
    throw new Error(
      `No mapping for ${kind} fits the columns ${columns.slice(0, 30).join(', ')}; name one with --mapping, or write one (import/README.md)`,
    );
  }
  if (second !== undefined && second.columns.length === best.columns.length) {
    throw new Error(`The mappings ${best.name} and ${second.name} fit equally; name one with --mapping`);
  }
  return best;
}
