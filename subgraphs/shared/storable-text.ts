import { userInputError } from './public-error.ts';

/** Whether Postgres can hold a text: neither NUL nor half of a surrogate pair is in it. */
export function isStorableText(text: string): boolean {
  return !text.includes('\u0000') && text.isWellFormed();
}

/** The text itself; throws BAD_USER_INPUT for one that no row can hold. */
export function readStorableText(text: string): string {
  if (!isStorableText(text)) throw userInputError('A text holds a character that cannot be stored.');
  return text;
}
