const smallWords = new Set(['a', 'an', 'and', 'at', 'by', 'for', 'from', 'in', 'of', 'on', 'or', 'the', 'to', 'with']);

/**
 * A title that is written in capitals, as people write one: "SET OF 4 T-LIGHT HOLDERS" becomes "Set of 4 T-Light Holders".
 * Words with a digit or in `keep` (USB, LED) stay as they are; so does a title that already has small letters in most words.
 */
export function toTitleCase(title: string, keep: ReadonlySet<string>): string {
  const letters = title.replaceAll(/[^\p{L}]/gu, '');
  const capitals = letters.replaceAll(/[^\p{Lu}]/gu, '');
  if (capitals.length < letters.length * 0.6) return title;
  return title
    .split(' ')
    .map((word, index) => caseWord(word, index === 0, keep))
    .join(' ');
}

function caseWord(word: string, isFirst: boolean, keep: ReadonlySet<string>): string {
  if (keep.has(word.replaceAll(/^[^\p{L}\d]+|[^\p{L}\d]+$/gu, ''))) return word;
  // 45x45cm, 125g and 3.5g are said in small letters; S/4 and 70'S are not to become s/4.
  if (/^\d/.test(word)) return /^\d[\d.]*[\p{L}]{1,3}$|^\d+x\d/iu.test(word) ? word.toLowerCase() : word;
  const small = word.toLowerCase();
  if (!isFirst && smallWords.has(small)) return small;
  // The letter after a hyphen, a slash or a bracket begins a word too; the one after an apostrophe does not.
  return small.replaceAll(
    /(^|[-/(&+,."*])(\p{L})/gu,
    (_, before: string, letter: string) => before + letter.toUpperCase(),
  );
}
