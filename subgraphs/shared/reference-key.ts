import { isStorableText } from './storable-text.ts';

/**
 * A key of a representation as text that a row can hold; undefined otherwise. The type of a reference says `string`, but
 * nothing between the sender and here has checked it: a null, a number or an object is a key that nobody has.
 */
export function readReferenceKey(value: unknown): string | undefined {
  return typeof value === 'string' && isStorableText(value) ? value : undefined;
}
