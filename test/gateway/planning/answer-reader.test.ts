import fc from 'fast-check';
import { parse } from 'graphql';
import { expect, test } from 'vitest';
import { type AnswerKey, listAnswerKeys } from '../../../gateway/planning/answer-keys.ts';
import { createAnswerReader, generateReader } from '../../../gateway/planning/answer-reader.ts';

/** What an exact reader makes of a text that carries data and no errors; undefined for all else. */
function readExactly(text: string): unknown {
  try {
    const value = JSON.parse(text) as unknown;
    if (typeof value !== 'object' || value === null || Object.keys(value).join() !== 'data') return undefined;
    return (value as { readonly data: unknown }).data;
  } catch {
    return undefined;
  }
}

const keyArbitrary = fc.constantFrom('id', 'name', 'a', 'b', 'c', 'price', '__typename');

type Selection = {
  readonly key: string;
  readonly isOptional: boolean;
  readonly below: readonly Selection[] | undefined;
};
const { selections } = fc.letrec<{ selections: readonly Selection[] }>((tie) => ({
  selections: fc.uniqueArray(
    fc.record({
      key: keyArbitrary,
      isOptional: fc.boolean(),
      below: fc.option(tie('selections'), { nil: undefined, maxDepth: 2 }),
    }),
    { minLength: 1, maxLength: 4, selector: ({ key }) => key },
  ),
}));

/** Optional selections stand in two fragments, so that the reader may not expect them. */
function toQuery(each: readonly Selection[]): string {
  const fields = each.map(({ key, isOptional, below }) => {
    const field = `${key}${below && key !== '__typename' ? ` ${toQuery(below)}` : ''}`;
    return isOptional ? `... on A { ${field} } ... on B { ${field} }` : field;
  });
  return `{ ${fields.join(' ')} }`;
}

const leaf = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ maxLength: 12 }),
  fc.integer(),
  fc.integer({ min: 0, max: 20 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1000, max: 1000 }).map((value) => Number(value.toFixed(2))),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.oneof(fc.integer(), fc.string()), { maxLength: 3 }),
);

function answerTo(keys: readonly AnswerKey[]): fc.Arbitrary<Record<string, unknown>> {
  const values = keys.map(({ key, isCertain, below }) => {
    const object = below && answerTo(below);
    const value = object
      ? fc.oneof(
          object,
          fc.array(fc.option(object), { maxLength: 3 }),
          fc.array(fc.array(object, { maxLength: 2 }), { maxLength: 2 }),
          fc.constant(null),
        )
      : key === '__typename'
        ? fc.constantFrom('A', 'B', 'A"B')
        : leaf;
    return fc.tuple(fc.constant(key), value, isCertain ? fc.constant(true) : fc.boolean());
  });
  return fc
    .tuple(...values)
    .map((entries) => Object.fromEntries(entries.flatMap(([key, value, isThere]) => (isThere ? [[key, value]] : []))));
}

const exchange = selections.chain((each) => {
  const query = toQuery(each);
  return fc.record({
    query: fc.constant(query),
    answers: fc.array(answerTo(listAnswerKeys(parse(query))), { minLength: 1, maxLength: 4 }),
  });
});

test('every answer in the order of its query is read as JSON.parse reads it', () => {
  fc.assert(
    fc.property(exchange, fc.constantFrom('', '\n', ' \r\n\t'), ({ query, answers }, end) => {
      const read = generateReader(query);
      for (const data of answers) {
        const text = `${JSON.stringify({ data })}${end}`;
        expect(read(text)).toEqual(readExactly(text));
      }
    }),
    { numRuns: 60 },
  );
});

test('whatever an answer was changed to, it is read as JSON.parse reads it, or left to that', () => {
  const change = fc.record({
    at: fc.nat(),
    removed: fc.integer({ min: 0, max: 3 }),
    inserted: fc.oneof(
      fc.constantFrom(
        '',
        '0',
        '-',
        '1e5',
        '01',
        '.',
        '"',
        '\\',
        '[',
        ']',
        '{',
        '}',
        ',',
        ':',
        ' ',
        'null',
        '\u0000',
        '\\u00e9',
        '"id":1,',
      ),
      fc.string({ maxLength: 2 }),
    ),
  });
  let readAnyway = 0;
  fc.assert(
    fc.property(exchange, fc.array(change, { minLength: 60, maxLength: 60 }), ({ query, answers: [data] }, changes) => {
      const read = generateReader(query);
      const text = JSON.stringify({ data });
      for (const { at, removed, inserted } of changes) {
        const place = at % (text.length + 1);
        const changed = text.slice(0, place) + inserted + text.slice(place + removed);
        const found = read(changed);
        if (found === undefined) continue;
        readAnyway++;
        expect(found).toEqual(readExactly(changed));
      }
    }),
    { numRuns: 60 },
  );
  expect(readAnyway).toBeGreaterThan(0);
});

const query = '{ rows { id ... on A { name } ... on B { size } } total }';

test.each([
  ['{"data":{"rows":[{"id":"1","name":"n"},{"id":"2","size":3},null,{"id":"3"}],"total":0}}', true],
  ['{"data":{"rows":null,"total":-1.50}}', true],
  ['{"data":{"rows":[[{"id":"\\u00e9\\n\\"","size":1e3}],[]],"total":[1,["a",null]]}}\n', true],
  ['{"data":{"total":1,"rows":[]}}', false],
  ['{"data":{"rows":[],"total":1,"more":1}}', false],
  ['{"data":{"rows":[],"total":{"a":1}}}', false],
  ['{"data": {"rows":[],"total":1}}', false],
  ['{"data":{"rows":[{"name":"n"}],"total":1}}', false],
  ['{"data":{"rows":[],"total":1},"errors":[]}', false],
  ['{"data":null}', false],
  ['{"data":{"rows":[],"total":01}}', false],
  ['{"data":{"rows":[],"total":1.}}', false],
  ['{"data":{"rows":[],"total":1}}}', false],
  [`{"data":{"rows":${'['.repeat(100_000)}`, false],
  [`{"data":{"rows":[],"total":${'['.repeat(100_000)}`, false],
])('%.60s is read: %s', (text, isRead) => {
  expect(generateReader(query)(text)).toEqual(isRead ? readExactly(text) : undefined);
});

test('a fetch that asks for what objects inherit, or for very much, has no reader', () => {
  expect(generateReader('{ constructor }')('{"data":{"constructor":1}}')).toBeUndefined();
  expect(generateReader('{ a: toString { b } }')('{"data":{"a":{"b":1}}}')).toEqual({ a: { b: 1 } });
  const many = Array.from({ length: 501 }, (_, i) => `k${i}`);
  expect(
    generateReader(`{ ${many.join(' ')} }`)(JSON.stringify({ data: Object.fromEntries(many.map((key) => [key, 1])) })),
  ).toBeUndefined();
});

test('the first answers, and some after one that is unusual, are left to JSON.parse', () => {
  const read = createAnswerReader('{ a }');
  const usual = () => read('{"data":{"a":1}}') !== undefined;
  expect([usual(), usual(), usual(), usual()]).toEqual([false, false, false, true]);
  const skips: number[] = [];
  for (let round = 0; round < 14; round++) {
    expect(read('{"data":{"b":1}}')).toBeUndefined();
    let skipped = 0;
    while (!usual()) skipped++;
    skips.push(skipped);
  }
  expect(skips.every((each) => each === 2)).toBe(true);
  let tried = 0;
  const looked = { startsWith: () => ++tried < 0 } as unknown as string;
  for (let run = 0; run < 20_000; run++) read(looked);
  expect(tried).toBeLessThan(20);
});
