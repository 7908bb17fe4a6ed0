import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { getIntrospectionQuery } from 'graphql';
import { describe, expect, test } from 'vitest';
import { resolveSettings } from '../../../gateway/config.ts';
import { GatewayError } from '../../../gateway/errors.ts';
import { createShapeReader, readShape } from '../../../gateway/transport/document-shape.ts';
import { measureDocument } from '../../../gateway/transport/measure-document.ts';
import { createRequestGuard } from '../../../gateway/transport/request-guard.ts';
import type { RequestLimits } from '../../../gateway/transport/request-limits.ts';

const { limits } = resolveSettings();
const guard = createRequestGuard(createShapeReader(limits.partner.tokens));

/** The code a request is refused with, or undefined when it passes. */
function refusal(
  document: string,
  variables: unknown = undefined,
  change: Partial<RequestLimits> = {},
): string | undefined {
  try {
    guard({ bodyBytes: document.length, isReadOnly: false, document, variables }, { ...limits.anonymous, ...change });
    return undefined;
  } catch (error) {
    if (error instanceof GatewayError && error.isShown) return error.code;
    throw error;
  }
}

const repeat = (count: number, make: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => make(index)).join(' ');
const nested = (depth: number): string => `${'{ a '.repeat(depth)}${'}'.repeat(depth)}`;

/** 25 fragments, each of which spreads the next twice: 2^25 fields in 1.5 KB. */
const fragmentBomb = `{ ...F0 } ${repeat(25, (index) => `fragment F${index} on Query { ...F${index + 1} ...F${index + 1} }`)} fragment F25 on Query { __typename }`;

describe('what is refused, and how', () => {
  const cases: readonly [name: string, document: string, code: string][] = [
    ['101 aliases', `{ ${repeat(101, (index) => `a${index}: __typename`)} }`, 'TOO_MANY_ALIASES'],
    [
      '1,000 aliased mutations',
      `mutation { ${repeat(90, (index) => `l${index}: login(email: "x") { ok }`)} }`,
      'TOO_MANY_ALIASES',
    ],
    ['four mutations', 'mutation { a b c d }', 'ROOT_FIELD_LIMIT'],
    [
      'four mutations in fragments',
      'mutation { ...F a } fragment F on Mutation { b ... on Mutation { c d } }',
      'ROOT_FIELD_LIMIT',
    ],
    ['one field 500 times', `{ ${'__typename '.repeat(500)} }`, 'ROOT_FIELD_LIMIT'],
    ['one field 3,000 times', `{ ${'__typename '.repeat(1_300)} }`, 'TOKEN_LIMIT'],
    ['one field with a directive, many times', `{ ${'__typename @include(if: true) '.repeat(200)} }`, 'TOKEN_LIMIT'],
    ['50 levels', nested(50), 'DEPTH_LIMIT'],
    ['13 levels', nested(13), 'DEPTH_LIMIT'],
    [
      'levels through fragments',
      `{ a { ...F0 } } ${repeat(12, (index) => `fragment F${index} on T { a { ...F${index + 1} } }`)} fragment F12 on T { a }`,
      'DEPTH_LIMIT',
    ],
    [
      'a fragment used shallow first, deep second',
      `{ x: a { ...F } y: ${nested(9).slice(1, -1).replace(/a \}/, 'a { ...F } }')} } fragment F on T ${nested(6)}`,
      'DEPTH_LIMIT',
    ],
    ['2^25 selections', fragmentBomb, 'ROOT_FIELD_LIMIT'],
    [
      '2^25 selections below a root field',
      `{ a ${fragmentBomb.slice(0, fragmentBomb.indexOf('}') + 1)} } ${fragmentBomb.slice(fragmentBomb.indexOf('}') + 1)}`,
      'SELECTION_LIMIT',
    ],
    ['100,000 tokens', `{ ${'a '.repeat(7_900)}}`, 'TOKEN_LIMIT'],
    ['16,001 characters of blanks', `${' '.repeat(16_001)}{ a }`, 'DOCUMENT_TOO_LONG'],
    ['two operations, the cheap one named', `query Cheap { a } query Huge ${nested(20)}`, 'DEPTH_LIMIT'],
    ['a list of 101 literals', `{ a(ids: [${'1 '.repeat(101)}]) }`, 'LIST_LIMIT'],
    ['a NUL character', '{ a(text: "\\u0000") }', 'BAD_USER_INPUT'],
    ['half a surrogate pair', '{ a(text: "\ud800") }', 'BAD_USER_INPUT'],
  ];
  for (const [name, document, code] of cases) {
    test(`${name}: ${code}, without work that grows`, () => {
      const startedAt = performance.now();
      expect(refusal(document)).toBe(code);
      expect(performance.now() - startedAt).toBeLessThan(1_000);
    });
  }

  test('introspection, also under an alias and in a fragment, when it is off', () => {
    const off = { isIntrospectionAllowed: false };
    for (const document of [
      '{ __schema { types { name } } }',
      '{ x: __type(name: "A") { name } }',
      '{ ...F } fragment F on Query { __schema { types { name } } }',
    ]) {
      expect(refusal(document, undefined, off)).toBe('INTROSPECTION_DISABLED');
      expect(refusal(document)).toBeUndefined();
    }
  });

  test('variables: long lists, deep objects, text that cannot be carried', () => {
    expect(refusal('{ a }', { ids: Array.from({ length: 101 }, () => 1) })).toBe('LIST_LIMIT');
    expect(refusal('{ a }', { input: { deep: [{ ids: Array.from({ length: 101 }, () => 1) }] } })).toBe('LIST_LIMIT');
    expect(refusal('{ a }', { text: 'a\0b' })).toBe('BAD_USER_INPUT');
    expect(refusal('{ a }', { input: ['\udc00'] })).toBe('BAD_USER_INPUT');
    expect(refusal('{ a }', JSON.parse(`{"a":${'['.repeat(5_000)}${']'.repeat(5_000)}}`))).toBe('BAD_USER_INPUT');
    expect(refusal('{ a }', { ids: [1, 2], text: 'è 🏃', nothing: null })).toBeUndefined();
  });

  test('a body that is larger than its class may send', () => {
    const request = { bodyBytes: 64 * 1024 + 1, isReadOnly: false, document: '{ a }', variables: {} };
    expect(() => guard(request, limits.anonymous)).toThrow(/65536 bytes/);
    expect(() => guard(request, limits.person)).not.toThrow();
  });
});

describe('what passes', () => {
  test('fragment cycles and text that is no GraphQL measure without an end: the parser and validation refuse them', () => {
    expect(refusal('{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }')).toBeUndefined();
    expect(refusal('{ ...A } fragment A on Query { a { ...A } }')).toBeUndefined();
    expect(refusal('{')).toBeUndefined();
    expect(refusal('{ a(text: "')).toBeUndefined();
  });

  test("GraphiQL's introspection query, with every option, for the anonymous caller", () => {
    const options = {
      descriptions: true,
      specifiedByUrl: true,
      directiveIsRepeatable: true,
      schemaDescription: true,
      inputValueDeprecation: true,
      oneOf: true,
    };
    expect(refusal(getIntrospectionQuery(options))).toBeUndefined();
  });

  test('every documented operation, for the anonymous caller', () => {
    const root = fileURLToPath(new URL('../../../schema/operations/', import.meta.url));
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.graphql'));
    expect(files.length).toBeGreaterThan(5);
    for (const file of files) expect(refusal(readFileSync(`${root}${file}`, 'utf8')), file).toBeUndefined();
  });
});

test('the measure of nested fragments is that of the same document with the fragments written out', () => {
  const leaf = fc.constantFrom('a', 'b: a', '__typename');
  const { selection } = fc.letrec<{ selection: string; field: string; set: string }>((tie) => ({
    field: fc.tuple(fc.constantFrom('x', 'y: x'), tie('set')).map(([name, set]) => `${name} ${set}`),
    set: fc.array(tie('selection'), { minLength: 1, maxLength: 3 }).map((all) => `{ ${all.join(' ')} }`),
    selection: fc.oneof(
      { maxDepth: 4 },
      leaf,
      tie('field'),
      tie('set').map((set) => `... on T ${set}`),
    ),
  }));
  fc.assert(
    fc.property(fc.array(selection, { minLength: 1, maxLength: 4 }), (selections) => {
      const written = measureDocument(readShape(`{ ${selections.join(' ')} }`, 100_000));
      const fragments = selections.map((text, index) => `fragment F${index} on T { ${text} }`).join(' ');
      const spread = measureDocument(
        readShape(`{ ${selections.map((_, index) => `...F${index}`).join(' ')} } ${fragments}`, 100_000),
      );
      expect({ ...spread, tokens: 0 }).toEqual({ ...written, tokens: 0 });
    }),
  );
});
