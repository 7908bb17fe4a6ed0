import { type GatewayError, shownError } from '../errors.ts';

/** Whether a text cannot be carried in UTF-8 (half a surrogate pair) or stored by most databases (U+0000). */
export function isUnstorable(text: string): boolean {
  return text.includes('\0') || !text.isWellFormed();
}

/** The answer to it: refused here, once for every subgraph. */
export function unstorableText(): GatewayError {
  return shownError('BAD_USER_INPUT', 'A text contains a NUL character or half a surrogate pair.');
}
