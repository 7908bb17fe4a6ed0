import { parse } from 'graphql';
import { type AnswerKey, listAnswerKeys } from './answer-keys.ts';
import { isInheritedKey, type JsonObject } from './json.ts';

/**
 * Reads the `data` of an answer's text, if it is exactly what the fetch asked for, in the order of the specification and without errors. Undefined
 * for everything else, valid or not: then the text is for JSON.parse.
 */
export type ReadData = (text: string) => JsonObject | undefined;

// Generating costs some 0.1 ms and a parse of the query; a fetch that is sent once or twice does not earn it.
const runsBeforeGenerating = 3;
/** A larger fetch is generated code of some 200 KB. */
const maxKeys = 500;
/** A subgraph that writes its answers in another way is not tried with each of them. */
const maxSkipped = 4_096;

/**
 * The reader of one fetch's answers. JSON.parse puts every string of up to 10 characters into V8's table of strings, in the old generation: with
 * ids that are ever new it took 41 µs for 8 KB and 65 for 200 ids in 6 KB, this 17 and 14, and leaves nothing that only a major collection removes.
 */
export function createAnswerReader(query: string): ReadData {
  let read: ReadData | undefined;
  let skipped = runsBeforeGenerating;
  let failures = 0;
  return (text) => {
    if (skipped > 0) {
      skipped--;
      return undefined;
    }
    read ??= generateReader(query);
    const data = read(text);
    failures = data === undefined ? failures + 1 : 0;
    if (failures > 0) skipped = Math.min(maxSkipped, 2 ** failures);
    return data;
  };
}

/** Generates at once. Strings with escapes and long numbers are left to JSON.parse, each by itself. */
export function generateReader(query: string): ReadData {
  const keys = listAnswerKeys(parse(query, { noLocation: true }));
  if (!areReadable(keys)) return () => undefined;
  const source: Source = { lines: [], names: 0 };
  const root = emitObject(keys, source);
  const lines = [
    '"use strict";',
    helpers,
    ...source.lines,
    'return (t) => {',
    '  if (!t.startsWith(\'{"data":{\')) return undefined;',
    '  P = 8;',
    `  const data = ${root}(t);`,
    '  if (t.charCodeAt(P) !== 125) throw u;',
    '  for (P++; P < t.length; P++) if (!isSpace(t.charCodeAt(P))) throw u;',
    '  return data;',
    '};',
  ];
  const read = new Function('u', lines.join('\n'))(unusual) as (text: string) => JsonObject | undefined;
  return (text) => {
    try {
      return read(text);
    } catch {
      return undefined;
    }
  };
}

/** Made once: a stack would cost more than the reading. */
const unusual: Error = new Error('The answer needs the exact reader.');

function areReadable(keys: readonly AnswerKey[]): boolean {
  let count = 0;
  const visit = (each: readonly AnswerKey[]): boolean =>
    each.every(({ key, below }) => ++count <= maxKeys && !isInheritedKey(key) && (below === undefined || visit(below)));
  return visit(keys);
}

/** Generated functions, one for each kind of object and one for its lists. All read from `P` on and leave it behind what they read. */
interface Source {
  readonly lines: string[];
  names: number;
}

/**
 * What all readers share. `list` and the lists below go no deeper than 8: brackets without end are an attack on the stack, which JSON.parse
 * withstands.
 */
const helpers = `
let P = 0;
const powers = Array.from({ length: 16 }, (_, power) => 10 ** power);
const isSpace = (c) => c === 32 || c === 10 || c === 13 || c === 9;
const escaped = (t) => {
  const s = P;
  let c = 0;
  while ((c = t.charCodeAt(++P)) !== 34) { if (c === 92) P++; else if (!(c >= 32)) throw u; }
  return JSON.parse(t.slice(s, ++P));
};
const number = (t) => {
  const s = P, isNegative = t.charCodeAt(P) === 45, first = isNegative ? P + 1 : P;
  let c = t.charCodeAt(P = first), v = 0, decimals = 0;
  for (; c > 47 && c < 58; c = t.charCodeAt(++P)) v = v * 10 + c - 48;
  const whole = P - first;
  if (whole === 0 || (whole > 1 && t.charCodeAt(first) === 48)) throw u;
  if (c === 46) {
    for (c = t.charCodeAt(++P); c > 47 && c < 58; c = t.charCodeAt(++P)) v = v * 10 + c - 48;
    decimals = P - first - whole - 1;
    if (decimals === 0) throw u;
  }
  if (c === 101 || c === 69 || whole + decimals > 15) {
    while ((c > 47 && c < 58) || c === 45 || c === 43 || c === 101 || c === 69) c = t.charCodeAt(++P);
    return JSON.parse(t.slice(s, P));
  }
  // Both are exact, and so their quotient is the nearest number.
  if (decimals > 0) v /= powers[decimals];
  return isNegative ? -v : v;
};
const nothing = (t) => {
  if (!t.startsWith("null", P)) throw u;
  P += 4;
  return null;
};
const other = (t, depth) => {
  switch (t.charCodeAt(P)) {
    case 116: if (!t.startsWith("true", P)) throw u; P += 4; return true;
    case 102: if (!t.startsWith("false", P)) throw u; P += 5; return false;
    case 110: return nothing(t);
    case 34: return escaped(t);
    case 91: return list(t, depth + 1);
    case 123: throw u;
    default: return number(t);
  }
};
const list = (t, depth) => {
  const items = [];
  if (depth > 8) throw u;
  if (t.charCodeAt(++P) === 93) { P++; return items; }
  for (;;) {
    items.push(other(t, depth));
    const c = t.charCodeAt(P++);
    if (c === 93) return items;
    if (c !== 44) throw u;
  }
};`;

/** Returns the name of the function that reads such an object, whose brace is the next character. */
function emitObject(keys: readonly AnswerKey[], source: Source): string {
  const name = `o${source.names++}`;
  const body = keys.every(({ isCertain }) => isCertain) ? emitCertain(keys, source) : emitUncertain(keys, source);
  source.lines.push(`const ${name} = (t) => {\nlet p = P, c = 0, s = 0;`, ...body, '};');
  return name;
}

/** All keys must be there: one literal, so that all objects have one hidden class. */
function emitCertain(keys: readonly AnswerKey[], source: Source): string[] {
  const lines: string[] = [];
  let before = '{';
  keys.forEach(({ key, below }, index) => {
    const label = `${before}${JSON.stringify(key)}:`;
    before = ',';
    lines.push(`if (!t.startsWith(${literal(label)}, p)) throw u; p += ${label.length};`, `let v${index};`);
    lines.push(...emitValue(`v${index}`, key, below, source));
  });
  const members = keys.map(({ key }, index) => `${literal(key)}: v${index}`);
  return [...lines, 'if (t.charCodeAt(p) !== 125) throw u; P = p + 1;', `return { ${members.join(', ')} };`];
}

function emitUncertain(keys: readonly AnswerKey[], source: Source): string[] {
  const lines = ['const o = {}; let before = 123, v;'];
  for (const { key, isCertain, below } of keys) {
    const label = `${JSON.stringify(key)}:`;
    lines.push(`if (t.charCodeAt(p) === before && t.startsWith(${literal(label)}, p + 1)) {`);
    lines.push(
      `before = 44; p += ${label.length + 1};`,
      ...emitValue('v', key, below, source),
      `o[${literal(key)}] = v;`,
    );
    lines.push(isCertain ? '} else throw u;' : '}');
  }
  return [...lines, 'if (before === 123) p++; if (t.charCodeAt(p) !== 125) throw u; P = p + 1; return o;'];
}

function emitValue(v: string, key: string, below: AnswerKey['below'], source: Source): string[] {
  if (below !== undefined) {
    const read = emitObject(below, source);
    const list = emitList(read, source);
    return [
      `c = t.charCodeAt(p); P = p; ${v} = c === 123 ? ${read}(t) : c === 91 ? ${list}(t, 1) : nothing(t); p = P;`,
    ];
  }
  if (key === '__typename') return emitTypename(v, source);
  return [
    'c = t.charCodeAt(p); s = p;',
    `if (c === 34) { do c = t.charCodeAt(++p); while (c !== 34 && c !== 92 && c >= 32);`,
    `if (c === 34) ${v} = t.slice(s + 1, p++); else { P = s; ${v} = escaped(t); p = P; } }`,
    `else if (c > 47 && c < 58) { ${v} = c - 48; while ((c = t.charCodeAt(++p)) > 47 && c < 58) ${v} = ${v} * 10 + c - 48;`,
    `if (c === 46 || c === 101 || c === 69 || p - s > 9 || (p - s > 1 && t.charCodeAt(s) === 48)) { P = s; ${v} = number(t); p = P; } }`,
    `else { P = s; ${v} = other(t, 0); p = P; }`,
  ];
}

/** Mostly the same as before. What is kept is a copy: a slice would keep the whole text. */
function emitTypename(v: string, source: Source): string[] {
  const number = source.names++;
  source.lines.push(`let k${number} = "", q${number} = "\\0";`);
  return [
    `if (t.startsWith(q${number}, p)) { ${v} = k${number}; p += q${number}.length; }`,
    `else { P = p; ${v} = other(t, 9); if (typeof ${v} === "string" && P - p < 100) { q${number} = JSON.stringify(k${number} = ${v}); } p = P; }`,
  ];
}

function emitList(read: string, source: Source): string {
  const name = `l${source.names++}`;
  source.lines.push(
    `const ${name} = (t, depth) => {`,
    'const items = []; let c = t.charCodeAt(++P);',
    'if (depth > 8) throw u;',
    'if (c === 93) { P++; return items; }',
    'for (;;) {',
    `items.push(c === 123 ? ${read}(t) : c === 91 ? ${name}(t, depth + 1) : nothing(t));`,
    'c = t.charCodeAt(P);',
    'if (c === 93) { P++; return items; }',
    'if (c !== 44) throw u;',
    'c = t.charCodeAt(++P);',
    '} };',
  );
  return name;
}

/** Nothing of a document becomes code: names enter as JSON string literals only. */
function literal(text: string): string {
  return JSON.stringify(text);
}
