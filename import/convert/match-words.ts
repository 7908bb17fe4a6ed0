import type { WordRule } from '../mapping/mapping.ts';

/** The values of rules that have a word in a title, in the order of the rules. Whole words, capitals do not matter; the word "mug" finds mugs too, "box" boxes. */
export function compileWordRules(rules: readonly WordRule[]): (title: string) => string[] {
  const compiled = rules.map(({ value, words }) => ({
    value,
    pattern: new RegExp(`(?<![\\p{L}\\d])(?:${words.map(escapeWord).join('|')})(?:s|es)?(?![\\p{L}\\d])`, 'iu'),
  }));
  return (title) => compiled.filter(({ pattern }) => pattern.test(title)).map(({ value }) => value);
}

function escapeWord(word: string): string {
  return word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', '\\s+');
}
