import type { Conversion } from '../mapping/mapping.ts';
import { decodeEntities } from './decode-entities.ts';
import { toTitleCase } from './title-case.ts';

/** Makes a function of a named conversion. None of them throws: a text that a conversion does not fit stays, or becomes empty. */
export function compileConversion(conversion: Conversion): (text: string) => string {
  if (typeof conversion === 'string') return simple[conversion];
  if ('stripSuffix' in conversion) {
    const { stripSuffix } = conversion;
    return (text) => (text.endsWith(stripSuffix) ? text.slice(0, -stripSuffix.length) : text);
  }
  if ('padZeros' in conversion) return (text) => (text === '' ? '' : text.padStart(conversion.padZeros, '0'));
  if ('match' in conversion) {
    const pattern = new RegExp(conversion.match, 'u');
    return (text) => {
      const found = pattern.exec(text);
      return found?.[1] ?? found?.[0] ?? '';
    };
  }
  if ('remove' in conversion) {
    const pattern = new RegExp(conversion.remove, 'gu');
    return (text) => text.replaceAll(pattern, '');
  }
  if ('emptyIf' in conversion) {
    const pattern = new RegExp(conversion.emptyIf, 'u');
    return (text) => (pattern.test(text) ? '' : text);
  }
  if ('map' in conversion) {
    const values = new Map(Object.entries(conversion.map));
    return (text) => values.get(text) ?? text;
  }
  const keep = new Set(conversion.titleCase.keep);
  return (text) => toTitleCase(text, keep);
}

const simple = {
  collapseSpaces: (text: string) => text.replaceAll(/\s+/g, ' '),
  upperCase: (text: string) => text.toUpperCase(),
  lowerCase: (text: string) => text.toLowerCase(),
  // 1.234,50 as well as 1234,50
  decimalComma: (text: string) => text.replaceAll('.', '').replace(',', '.'),
  decodeEntities,
} as const satisfies Record<Extract<Conversion, string>, (text: string) => string>;
