import type { JsonObject } from '../planning/json.ts';
import { quote } from '../planning/quote.ts';
import type { CompositeShape, FieldShape, LeafShape, ObjectShape, ValueShape } from '../planning/response-shape.ts';
import { leafText } from './leaf-text.ts';

/** What one response needs while it is written. */
export interface Writing {
  readonly introspection: ReadonlyMap<string, string>;
  /** Texts of objects that several parents share, by the number of their place. */
  readonly texts: (Map<unknown, string> | undefined)[];
}

/** Writes the JSON text of an object whose data is as it should be. Throws `unusual` when it is not. */
export type ObjectWriter = (object: JsonObject, writing: Writing) => string;

/** Thrown when data needs the exact writer: a null where none may be, a wrong type. Made once: a stack would cost more. */
export const unusual: Error = new Error('The data needs the exact writer.');

/** Makes the writers of one shape, each on its first use. */
export function createFastWriter(shape: ObjectShape, sharedPlaces: ReadonlySet<string>): ObjectWriter {
  const generating: Generating = { sharedPlaces, writers: new Map(), places: 0 };
  return writerOf(shape, generating);
}

interface Generating {
  readonly sharedPlaces: ReadonlySet<string>;
  readonly writers: Map<ObjectShape, ObjectWriter>;
  places: number;
}

function writerOf(shape: ObjectShape, generating: Generating): ObjectWriter {
  const known = generating.writers.get(shape);
  if (known !== undefined) return known;
  const writer = generate(shape, generating);
  generating.writers.set(shape, writer);
  return writer;
}

/** The pieces of one generated function; `values` reach it as the array `h`. */
interface Source {
  readonly lines: string[];
  readonly values: unknown[];
  variables: number;
}

/**
 * Generates source text because property reads with constant names are what V8 makes fast: on the deep query of
 * bench/README.md it took 0.45 times the time of closures over the same shapes. Nothing of a document or an answer becomes
 * code: names enter as JSON string literals only.
 */
function generate(shape: ObjectShape, generating: Generating): ObjectWriter {
  if (shape.refusal !== undefined) return throwUnusual;
  const source: Source = { lines: [], values: [], variables: 0 };
  let label = '{';
  for (const field of shape.fields) {
    const text = `${label}${JSON.stringify(field.key)}:`;
    label = ',';
    if (field.value.kind === 'typename') {
      source.lines.push(`s += ${literal(text + JSON.stringify(shape.typeName))};`);
      continue;
    }
    if (field.value.kind === 'refused') {
      source.lines.push('throw u;');
      continue;
    }
    source.lines.push(`s += ${literal(text)};`);
    if (field.value.kind === 'introspection') {
      source.lines.push(`s += c.introspection.get(${literal(field.key)});`);
      continue;
    }
    const variable = newVariable(source);
    source.lines.push(`const ${variable} = ${read(field)};`);
    emitValue(field.value, variable, source, generating);
  }
  const end = shape.fields.length === 0 ? '{}' : '}';
  const body = `"use strict"; return (o, c) => { let s = ""; ${source.lines.join('\n')} return s + ${literal(end)}; };`;
  return new Function('h', 'q', 'u', body)(source.values, quote, unusual);
}

/** What may not be seen needs an error with its path, which only the exact writer knows. */
function throwUnusual(): never {
  throw unusual;
}

function literal(text: string): string {
  return JSON.stringify(text);
}

function read({ dataKey, isInherited }: FieldShape): string {
  const key = literal(dataKey);
  return isInherited ? `(Object.hasOwn(o, ${key}) ? o[${key}] : undefined)` : `o[${key}]`;
}

function newVariable(source: Source): string {
  return `v${source.variables++}`;
}

function addValue(source: Source, value: unknown): string {
  return `h[${source.values.push(value) - 1}]`;
}

function emitValue(shape: ValueShape, variable: string, source: Source, generating: Generating): void {
  if (shape.kind === 'typename' || shape.kind === 'introspection' || shape.kind === 'refused') return;
  const whenNull = shape.isNonNull ? 'throw u;' : 's += "null";';
  source.lines.push(`if (${variable} === null || ${variable} === undefined) { ${whenNull} } else {`);
  if (shape.kind === 'leaf') emitLeaf(shape, variable, source);
  else emitShareable(shape, variable, source, generating);
  source.lines.push('}');
}

function emitLeaf(shape: LeafShape, v: string, source: Source): void {
  const slow = `{ const t = ${addValue(source, (value: unknown) => leafText(shape, value))}(${v}); if (t === undefined) throw u; s += t; }`;
  switch (shape.leaf) {
    case 'String':
    case 'ID':
      source.lines.push(`if (typeof ${v} === "string") s += q(${v}); else ${slow}`);
      return;
    case 'Int':
      source.lines.push(`if (typeof ${v} === "number" && (${v} | 0) === ${v}) s += ${v}; else throw u;`);
      return;
    case 'Float':
      source.lines.push(`if (typeof ${v} === "number" && ${v} - ${v} === 0) s += ${v}; else throw u;`);
      return;
    case 'Boolean':
      source.lines.push(`if (${v} === true) s += "true"; else if (${v} === false) s += "false"; else throw u;`);
      return;
    case 'enum':
    case 'scalar':
      source.lines.push(slow);
      return;
    default:
      shape.leaf satisfies never;
  }
}

type SharedShape = Extract<ValueShape, { kind: 'list' | 'composite' }>;

/** Equal entities hold the same object at these places, so its text is made once in a response. */
function emitShareable(shape: SharedShape, v: string, source: Source, generating: Generating): void {
  const place = placeOf(shape);
  if (place === undefined || !generating.sharedPlaces.has(place)) {
    emitPresent(shape, v, source, generating);
    return;
  }
  const number = generating.places++;
  const texts = newVariable(source);
  const known = newVariable(source);
  const before = newVariable(source);
  source.lines.push(`const ${texts} = c.texts[${number}] ??= new Map(); const ${known} = ${texts}.get(${v});`);
  source.lines.push(`if (${known} !== undefined) s += ${known}; else { const ${before} = s; s = "";`);
  emitPresent(shape, v, source, generating);
  source.lines.push(`${texts}.set(${v}, s); s = ${before} + s; }`);
}

function placeOf(shape: ValueShape): string | undefined {
  if (shape.kind === 'list') return placeOf(shape.item);
  return shape.kind === 'composite' ? shape.place : undefined;
}

function emitPresent(shape: SharedShape, v: string, source: Source, generating: Generating): void {
  if (shape.kind === 'composite') {
    emitComposite(shape, v, source, generating);
    return;
  }
  const index = newVariable(source);
  const item = newVariable(source);
  source.lines.push(`if (!Array.isArray(${v})) throw u; s += "[";`);
  source.lines.push(`for (let ${index} = 0; ${index} < ${v}.length; ${index}++) { if (${index} > 0) s += ",";`);
  source.lines.push(`const ${item} = ${v}[${index}];`);
  // A list within a list has the place of the outer one, which has been looked up.
  if (shape.item.kind === 'leaf') emitValue(shape.item, item, source, generating);
  else emitItem(shape.item, item, source, generating);
  source.lines.push('} s += "]";');
}

function emitItem(shape: ValueShape, item: string, source: Source, generating: Generating): void {
  if (shape.kind !== 'list' && shape.kind !== 'composite') return;
  const whenNull = shape.isNonNull ? 'throw u;' : 's += "null";';
  source.lines.push(`if (${item} === null || ${item} === undefined) { ${whenNull} } else {`);
  emitPresent(shape, item, source, generating);
  source.lines.push('}');
}

function emitComposite(shape: CompositeShape, v: string, source: Source, generating: Generating): void {
  source.lines.push(`if (typeof ${v} !== "object" || Array.isArray(${v})) throw u;`);
  if (shape.only !== undefined) {
    const { only } = shape;
    // Made when the first such object comes: a shape may be deep, and its data null.
    source.lines.push(
      `s += (${addValue(
        source,
        lazily(() => writerOf(only, generating)),
      )})(${v}, c);`,
    );
    return;
  }
  const write = (object: JsonObject, writing: Writing): string => {
    const found = shape.shapeOf(object.__typename);
    if (found === undefined) throw unusual;
    return writerOf(found, generating)(object, writing);
  };
  source.lines.push(`s += ${addValue(source, write)}(${v}, c);`);
}

function lazily(make: () => ObjectWriter): ObjectWriter {
  let writer: ObjectWriter | undefined;
  return (object, writing) => {
    writer ??= make();
    return writer(object, writing);
  };
}
