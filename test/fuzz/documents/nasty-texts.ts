import type { Choices } from '../choices.ts';

/** Names that objects have, that GraphQL reserves, or that look like somebody's internals. */
export const nastyNames = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '__typename',
  '__schema',
  '__type',
  '_entities',
  '_service',
  'on',
  'fragment',
  'query',
  'true',
  'null',
  'length',
  'then',
  'toJSON',
  '__defineGetter__',
  'valueOf',
] as const;

const words = [
  '',
  'a',
  'web',
  'bestbuy-4',
  '9984203',
  '783750002448',
  'GB',
  'tea light',
  '2011-08-31T00:00:00.000Z',
  '12.50',
];

/** Texts that parsers, databases, logs and terminals have choked on. */
const nasty = [
  "' or 1=1--",
  'price) desc--',
  'id;select pg_sleep(9)',
  'a:* | b:* & !c',
  '%%%%_%',
  '\\',
  '"',
  '"""',
  '\u001b[31m',
  'a\r\nx-forwarded: b',
  '\u0000',
  '\ud800',
  '\udfff\ud800',
  '\ufeff',
  '\u202e\u200b',
  'ﬃ İ ß 👩‍👩‍👧‍👦',
  '<script>alert(1)</script>',
  '{{7*7}}',
  '../../etc',
  '{"$ne":1}',
  '\u2028',
  'Infinity',
  '-0',
  '1e309',
] as const;

/** A text; some are long. */
export function someText(choices: Choices): string {
  switch (choices.below(6)) {
    case 0:
    case 1:
      return choices.pick(words);
    case 2:
    case 3:
      return choices.pick(nasty);
    case 4:
      return choices.pick(nasty).repeat(1 + choices.below(400));
    default:
      return String.fromCodePoint(
        ...choices.some(12, () => [0, 0x20, 0x7f, 0x80, 0x3000, 0xffff, 0x1f600][choices.below(7)] ?? 65),
      );
  }
}

/** A string literal of GraphQL for a text: quoted, quoted with every character escaped, as a block, or broken. */
export function toLiteral(text: string, choices: Choices): string {
  switch (choices.below(8)) {
    case 5:
      return `"${Array.from({ length: text.length }, (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`).join('')}"`;
    case 6:
      return `"""${text.replaceAll('"""', '\\"""')}"""`;
    case 7:
      return `"${text}`;
    default:
      return JSON.stringify(text);
  }
}
