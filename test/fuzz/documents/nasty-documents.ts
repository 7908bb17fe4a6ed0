import type { Choices } from '../choices.ts';
import { nastyNames, someText, toLiteral } from './nasty-texts.ts';

/** Documents that get large: each takes a size, up to thousands, and is what some attack is made of. */
export const nastyFamilies: Readonly<Record<string, (size: number) => string>> = {
  fields: (size) => `{${'__typename '.repeat(size)}}`,
  aliases: (size) => `{${repeat(size, (at) => `a${at}:__typename`)}}`,
  spreads: (size) => `{${'...F '.repeat(size)}} fragment F on Query{__typename}`,
  'nested fragments': (size) =>
    `{...F0} ${repeat(size, (at) => `fragment F${at} on Query{...F${at + 1} ...F${at + 1}}`)} fragment F${size} on Query{__typename}`,
  'circular fragments': (size) =>
    `{...F0} ${repeat(size, (at) => `fragment F${at} on Query{...F${(at + 1) % size} ...F${(at * 7) % size}}`)}`,
  'inline fragments': (size) => `{${'...{'.repeat(size)}__typename${'}'.repeat(size)}}`,
  'wide inline fragments': (size) => `{${'...on Query{__typename}'.repeat(size)}}`,
  'nested fields': (size) => `${'{a'.repeat(size)}${'}'.repeat(size)}`,
  arguments: (size) => `{a(${repeat(size, (at) => `x${at}:${at}`)})}`,
  'equal arguments': (size) => `{a(${'x:1 '.repeat(size)})}`,
  lists: (size) => `{a(x:[${'1,'.repeat(size)}])}`,
  'nested lists': (size) => `{a(x:${'['.repeat(size)}${']'.repeat(size)})}`,
  'nested objects': (size) => `{a(x:${'{y:'.repeat(size)}1${'}'.repeat(size)})}`,
  objects: (size) => `{a(x:{${repeat(size, (at) => `k${at}:1`)}})}`,
  strings: (size) => `{a(x:"${'x'.repeat(size)}")}`,
  'escaped strings': (size) => `{a(x:"${'\\u0041'.repeat(size)}")}`,
  'many strings': (size) => `{a(x:[${'"s" '.repeat(size)}])}`,
  'block strings': (size) => `{a(x:"""${'\n x'.repeat(size)}""")}`,
  'indented block strings': (size) => `{a(x:"""${repeat(size, (at) => `\n${' '.repeat(at % 40)}x`)}""")}`,
  'block strings of escapes': (size) => `{a(x:"""${'\\"""'.repeat(size)}""")}`,
  comments: (size) => `${'#c\n'.repeat(size)}{__typename}`,
  'one comment': (size) => `#${'c'.repeat(size)}\n{__typename}`,
  blanks: (size) => `${', \t\n'.repeat(size)}{__typename}`,
  directives: (size) => `{__typename ${'@include(if:true)'.repeat(size)}}`,
  'unknown directives': (size) => `{__typename ${repeat(size, (at) => `@d${at}`)}}`,
  variables: (size) => `query(${repeat(size, (at) => `$v${at}:Int`)}){__typename}`,
  'variables of lists of lists': (size) => `query($v:${'['.repeat(size)}Int${']'.repeat(size)}){__typename}`,
  'used variables': (size) => `query($v:Int){${repeat(size, () => 'a(x:$v)')}}`,
  operations: (size) => repeat(size, (at) => `query Q${at}{__typename}`),
  'unused fragments': (size) => `{__typename} ${repeat(size, (at) => `fragment F${at} on Query{__typename}`)}`,
  'equal fragments': (size) => `{...F} ${repeat(size, () => 'fragment F on Query{__typename}')}`,
  definitions: (size) => repeat(size, (at) => `type T${at}{a:Int}`),
  numbers: (size) => `{a(x:${'9'.repeat(size)})}`,
  names: (size) => `{${'a'.repeat(size)}}`,
  'fields in conflict': (size) => `{${repeat(size, (at) => `x:a(y:${at}){b}`)}}`,
  'unclosed braces': (size) => '{a'.repeat(size),
  'unclosed brackets': (size) => `{a(x:${'['.repeat(size)}`,
};

const families = Object.values(nastyFamilies);

function repeat(count: number, make: (at: number) => string): string {
  return Array.from({ length: count }, (_, at) => make(at)).join(' ');
}

/** One of the families in some size, around what the limits let through and far beyond. */
export function nastyDocument(choices: Choices): string {
  const size = choices.pick([1, 5, 13, 30, 100, 300, 900, 3_000]);
  return choices.pick(families)(1 + choices.below(size));
}

const tokens = [
  '{',
  '}',
  '(',
  ')',
  '[',
  ']',
  ':',
  '!',
  '=',
  '|',
  '@',
  '&',
  '$',
  '...',
  '...on',
  'query',
  'mutation',
  'subscription',
  'fragment',
  'on',
  'a',
  '1',
  '-',
  '1.',
  '0e',
  '"',
  '"""',
  '#',
  ',',
  '\\',
  '.',
  '?',
  '\u0000',
  '\ufeff',
  'é',
  '𝒳',
] as const;

/** Tokens in any order: hardly ever GraphQL. */
export function tokenSoup(choices: Choices): string {
  const soup = choices.some(60, () => {
    const way = choices.below(8);
    if (way === 6) return choices.pick(nastyNames);
    if (way === 7) return toLiteral(someText(choices), choices);
    return choices.pick(tokens);
  });
  return soup.join(choices.oneIn(4) ? '' : ' ');
}

const token = /"""[\s\S]*?"""|"(?:\\.|[^"\\\n])*"|\.\.\.|[_A-Za-z]\w*|-?[\d.]+|[^\s,]/g;

/** The same with some tokens left out, doubled, exchanged or replaced: nearly valid. */
export function breakDocument(text: string, choices: Choices): string {
  const parts = text.match(token) ?? [];
  for (let left = 1 + choices.below(4); left > 0 && parts.length > 0; left--) {
    const at = choices.below(parts.length);
    const other = choices.below(parts.length);
    switch (choices.below(5)) {
      case 0:
        parts.splice(at, 1);
        break;
      case 1:
        parts.splice(at, 0, parts[at] ?? '');
        break;
      case 2:
        [parts[at], parts[other]] = [parts[other] ?? '', parts[at] ?? ''];
        break;
      case 3:
        parts[at] = choices.pick(nastyNames);
        break;
      default:
        parts[at] = choices.pick(tokens);
    }
  }
  return parts.join(' ');
}
