import { shownError } from '../errors.ts';
import { isUnstorable, unstorableText } from './unstorable-text.ts';

/** Deeper input is nobody's, and recursive coercion further on must not run out of stack. */
const maxDepth = 32;

/**
 * Checks the shape of the variables without recursion: list lengths, depth and text that cannot be carried.
 * Linear in the variables, which the body limit bounds. Throws LIST_LIMIT or BAD_USER_INPUT.
 */
export function checkVariables(variables: unknown, maxListItems: number): void {
  if (typeof variables !== 'object' || variables === null) return;
  let level: unknown[] = [variables];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > maxDepth) throw shownError('BAD_USER_INPUT', `The variables nest deeper than ${maxDepth}.`);
    const next: unknown[] = [];
    for (const value of level) {
      if (typeof value === 'string') {
        if (isUnstorable(value)) throw unstorableText();
      } else if (Array.isArray(value)) {
        if (value.length > maxListItems) {
          throw shownError('LIST_LIMIT', `A list in the variables has more than ${maxListItems} items.`);
        }
        for (const item of value) next.push(item);
      } else if (typeof value === 'object' && value !== null) {
        for (const key of Object.keys(value)) {
          if (isUnstorable(key)) throw unstorableText();
          next.push((value as Record<string, unknown>)[key]);
        }
      }
    }
    level = next;
  }
}
