import { userInputError } from '../../shared/public-error.ts';
import { isStorableText } from '../../shared/storable-text.ts';

/** Readers of single values of an input. Each gives the value itself, or throws BAD_USER_INPUT that names the field. */

/** A text of 1 to 200 storable characters, such as a SKU, a slug or a reference. */
export function readName(field: string, text: string): string {
  if (text.length < 1 || text.length > 200 || !isStorableText(text)) {
    throw userInputError(`${field} is 1 to 200 characters.`);
  }
  return text;
}

/** The same, where nothing may be given; null then. */
export function readOptionalName(field: string, text: string | null | undefined): string | null {
  return text == null ? null : readName(field, text);
}

/** A whole number from `min` to `max`. */
export function readNumber(field: string, value: number, min: number, max: number): number {
  if (!Number.isInteger(value) || value < min || value > max) throw userInputError(`${field} is ${min} to ${max}.`);
  return value;
}

/** A list of 1 to `max` items. */
export function readList<Item>(field: string, items: readonly Item[], max: number): readonly Item[] {
  if (items.length < 1 || items.length > max) throw userInputError(`${field} holds 1 to ${max} items.`);
  return items;
}
