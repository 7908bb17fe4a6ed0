import { describe, expect, test } from 'vitest';
import { hashOf, readManifest } from '../../../gateway/documents/read-manifest.ts';

const [a, b] = ['{ a }', '{ b }'];

describe('forms of a manifest', () => {
  const forms: readonly (readonly [string, object])[] = [
    ['by client', { clients: { shop: { documents: { a } }, till: { documents: { b, 'also-a': a } } } }],
    [
      'Apollo’s',
      {
        format: 'apollo-persisted-query-manifest',
        version: 1,
        operations: [
          { id: 'a', name: 'A', type: 'query', body: a },
          { id: 'b', name: 'B', type: 'query', body: b },
        ],
      },
    ],
    ['Relay’s: documents by id', { a, b }],
  ];
  test.each(forms)('%s', (_name, form) => {
    const { textById, texts } = readManifest(JSON.stringify(form));
    expect([...texts].sort()).toEqual([a, b]);
    expect([textById.get('a'), textById.get('b')]).toEqual([a, b]);
    expect(textById.get(hashOf(a))).toBe(a);
    expect(textById.get('c')).toBeUndefined();
    expect(textById.get('__proto__')).toBeUndefined();
  });
});

test.each([
  ['no JSON', '{'],
  ['a list', '["{ a }"]'],
  ['a document that is no text', '{"a":1}'],
  ['an empty document', '{"a":""}'],
  ['another format', '{"format":"relay","operations":[]}'],
  ['a later version', '{"format":"apollo-persisted-query-manifest","version":2,"operations":[]}'],
  ['one id for two documents', JSON.stringify({ clients: { x: { documents: { a } }, y: { documents: { a: b } } } })],
  ['the hash of another document as an id', JSON.stringify({ [hashOf(a)]: b, x: a })],
  ['too many', JSON.stringify(Object.fromEntries(Array.from({ length: 10_001 }, (_, i) => [`id${i}`, `{ a${i} }`])))],
])('%s is refused', (_name, json) => {
  expect(() => readManifest(json)).toThrow();
});
