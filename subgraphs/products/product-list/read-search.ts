import { userInputError } from '../../shared/public-error.ts';
import { readStorableText } from '../../shared/storable-text.ts';
import type { ProductSearch } from './product-filter.ts';

const maxWords = 10;
const maxCharacters = 200;
const wordPattern = /[\p{L}\p{N}]+/gu;
/** `-word` and `-"several words"`: what websearch_to_tsquery excludes. */
const exclusionPattern = /(?<=^|\s)-("[^"]*"?|\S+)/gu;

/**
 * What to search for; undefined when the text holds no word. Every run of letters and digits counts as a word, since
 * full text makes terms of "a/b/c" too. Throws BAD_USER_INPUT beyond 10 words or 200 characters.
 */
export function readSearch(text: string): ProductSearch | undefined {
  if (text.length > maxCharacters) throw userInputError(`Search for at most ${maxCharacters} characters.`);
  const count = readStorableText(text).match(wordPattern)?.length ?? 0;
  if (count === 0) return undefined;
  if (count > maxWords) throw userInputError(`Search for at most ${maxWords} words.`);
  return {
    text,
    words: toWords(text.replaceAll(exclusionPattern, ' ')),
    excluded: (text.match(exclusionPattern) ?? []).join(' '),
    mode: 'words',
  };
}

function toWords(text: string): string[] {
  return [...new Set(text.toLowerCase().match(wordPattern))];
}
