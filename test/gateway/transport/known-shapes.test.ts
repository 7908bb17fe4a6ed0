import { hash } from 'node:crypto';
import * as fc from 'fast-check';
import { parse, print, stripIgnoredCharacters, validate, visit } from 'graphql';
import { describe, expect, test } from 'vitest';
import { toCommonForm } from '../../../gateway/planning/common-form.ts';
import { readShape } from '../../../gateway/transport/document-shape.ts';
import { createKnownShapes } from '../../../gateway/transport/known-shapes.ts';
import { type DocumentMeasure, measureDocument } from '../../../gateway/transport/measure-document.ts';
import { openWorld } from '../../differential/open-world.ts';
import { operationArbitrary } from '../../differential/operation-arbitrary.ts';
import { toValid } from '../../differential/to-valid.ts';
import { depot } from '../../differential/worlds/depot.ts';
import { library } from '../../differential/worlds/library.ts';

const seed = Number(process.env.SHAPE_SEED ?? Date.now() % 2 ** 31);
const maxTokens = 10_000;

/** Another way to write each thing that a shape leaves out; some make the document another one, or no valid one. */
const disguises = fc.record({
  names: fc.infiniteStream(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'id', 'title', 'k_0', 'k_1', '__typename')),
  ints: fc.infiniteStream(fc.constantFrom('0', '1', '2', '-7', '2147483647', '99999999999')),
  floats: fc.infiniteStream(fc.constantFrom('0.5', '1.0', '-2.5e3', '1e999')),
  texts: fc.infiniteStream(fc.constantFrom('', '1', 'a', 'say "no"', 'two\nlines', 'ü', '#alias0 : x')),
  isConsistent: fc.boolean(),
  isShort: fc.boolean(),
});

type Disguise = typeof disguises extends fc.Arbitrary<infer Value> ? Value : never;

function disguise(text: string, { names, ints, floats, texts, isConsistent, isShort }: Disguise): string {
  const chosen = new Map<string, string>();
  const choose = (written: string, stream: fc.Stream<string>): string => {
    const value = (isConsistent ? chosen.get(written) : undefined) ?? stream.next().value ?? written;
    chosen.set(written, value);
    return value;
  };
  const document = visit(parse(text), {
    Field: ({ alias, ...field }) =>
      alias ? { ...field, alias: { ...alias, value: choose(`alias ${alias.value}`, names) } } : undefined,
    IntValue: (node) => ({ ...node, value: choose(`int ${node.value}`, ints) }),
    FloatValue: (node) => ({ ...node, value: choose(`float ${node.value}`, floats) }),
    StringValue: (node) => ({ ...node, value: choose(`text ${node.value}`, texts) }),
  });
  const printed = print(document).replace(/^query \w+/, 'query Other');
  return isShort ? stripIgnoredCharacters(printed) : printed;
}

const edit = fc.record({
  at: fc.nat(400),
  cut: fc.nat(8),
  put: fc.constantFrom(
    '',
    '{',
    '}',
    ' x: ',
    '(id: 1)',
    ' id ',
    '"',
    '1',
    'null',
    ' id: title ',
    '$id',
    '...',
    ':',
    '[',
  ),
});

function change(text: string, edits: readonly { at: number; cut: number; put: string }[]): string {
  return edits.reduce((changed, { at, cut, put }) => {
    const place = at % Math.max(1, changed.length);
    return changed.slice(0, place) + put + changed.slice(place + cut);
  }, text);
}

describe.each([library, depot])('shapes of random queries over $name', (world) => {
  const { apiSchema } = openWorld(world).supergraph;

  /** What the planning thread finds out. */
  function formOf(text: string) {
    const document = parse(text);
    if (validate(apiSchema, document).length > 0) return undefined;
    const form = toCommonForm(document, undefined, apiSchema);
    return form && { ...form, hash: hash('sha256', form.text) };
  }

  test(`give the form that reading the document gives, or none (seed ${seed})`, () => {
    const shapes = createKnownShapes(100_000_000);
    let [found, missed, refused] = [0, 0, 0];
    fc.assert(
      fc.property(
        operationArbitrary(apiSchema, world, 3),
        fc.array(disguises, { minLength: 2, maxLength: 4 }),
        fc.array(fc.array(edit, { maxLength: 2 }), { maxLength: 3 }),
        (tree, others, changes) => {
          const first = toValid(apiSchema, tree)?.document;
          fc.pre(first !== undefined);
          const texts = [first, ...others.map((each) => disguise(first, each))];
          texts.push(...changes.map((edits, index) => change(texts[index] ?? '', edits)));
          for (const text of texts) {
            const shape = readShape(text, maxTokens);
            if (shape === undefined) continue;
            const known = shapes.find(apiSchema, shape, undefined);
            const form = tryTo(() => formOf(text));
            if (known !== undefined) {
              expect(form, text).toBeDefined();
              const { places: _places, ...read } = form ?? {};
              expect(known, text).toEqual(read);
              expect(shapes.find(apiSchema, shape, 'Nobody')).toBeUndefined();
              found++;
              continue;
            }
            if (form === undefined) {
              refused++;
              continue;
            }
            missed++;
            shapes.learn(apiSchema, shape, form, parse(form.text));
          }
        },
      ),
      { numRuns: 1_000, seed },
    );
    expect(Math.min(found, missed, refused)).toBeGreaterThan(100);
  });

  test(`say how large the document is (seed ${seed})`, () => {
    const measures = new Map<string, DocumentMeasure>();
    let alike = 0;
    fc.assert(
      fc.property(
        operationArbitrary(apiSchema, world, 2),
        fc.array(disguises, { maxLength: 2 }),
        fc.array(edit, { maxLength: 2 }),
        (tree, others, edits) => {
          const first = toValid(apiSchema, tree)?.document;
          fc.pre(first !== undefined);
          const texts = [first, ...others.map((each) => disguise(first, each))];
          for (const text of texts.flatMap((each) => [each, change(each, edits)])) {
            const shape = readShape(text, 60);
            if (shape === undefined) continue;
            const measured = { ...measureDocument(shape), hasUnstorableText: false };
            const known = measures.get(shape.key);
            if (known !== undefined) alike++;
            expect(measured, text).toEqual(known ?? measured);
            measures.set(shape.key, measured);
          }
        },
      ),
      { numRuns: 1_000, seed },
    );
    expect(alike).toBeGreaterThan(100);
  });
});

function tryTo<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

describe('a shape', () => {
  const keyOf = (text: string): string | undefined => readShape(text, maxTokens)?.key;

  test.each([
    [
      'names, aliases, numbers and texts',
      'query A { a: f(x: 1, y: "u") { b: g } }',
      'query B { c: f(x: 2, y: "") { d: g } }',
    ],
    ['blanks and remarks', '{a:f}', '{ # no\n  b : f, }'],
    ['what a block of text says', '{ f(x: """a""") }', '{ f(x: """\n  b\n""") }'],
  ])('leaves out %s', (_name, one, other) => {
    expect(keyOf(one)).toBe(keyOf(other));
  });

  test.each([
    ['the same alias twice', '{ a: f { x } a: f { y } }', '{ a: f { x } b: f { y } }'],
    ['the same value twice', '{ a: f(x: 1) b: f(x: 1) }', '{ a: f(x: 1) b: f(x: 2) }'],
    ['an alias that is the name', '{ f: f }', '{ g: f }'],
    ['kinds of values', '{ f(x: 1) }', '{ f(x: 1.0) }'],
    ['text and number', '{ f(x: 1) }', '{ f(x: "1") }'],
    ['text and block of text', '{ f(x: "1") }', '{ f(x: """1""") }'],
    ['fields', '{ a: f }', '{ a: g }'],
    ['arguments', '{ f(x: 1) }', '{ f(y: 1) }'],
    ['values of enums', '{ f(x: A) }', '{ f(x: B) }'],
    ['variables', '{ f(x: $a) }', '{ f(x: $b) }'],
    ['kinds of operations', 'query A { f }', 'mutation A { f }'],
    ['what a schema says', 'schema { query: Q }', 'schema { queri: Q }'],
    ['a text that looks like a shape', '{ f(x: "#String0") }', '{ f(x: #String0\n) }'],
  ])('tells apart %s', (_name, one, other) => {
    expect(keyOf(one)).not.toBe(keyOf(other));
  });
});
