import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ownKinds } from '../../../cli/own-kinds.ts';
import { ownPriorities } from '../../../cli/own-priorities.ts';
import { kindsSchema } from '../../../gateway/identity/identity-settings.ts';
import { createRootFieldReader } from '../../../gateway/transport/operation-fields.ts';
import { createOperationPriority } from '../../../gateway/transport/operation-priority.ts';

const priority = createOperationPriority(ownPriorities, kindsSchema.parse(ownKinds));

function classOf(kind: string, document: string, headers: Record<string, string> = {}, name?: string): string {
  const own = priority.ofCaller({ kind }, headers);
  const mayRaise = priority.mayRaise(own, { kind }, document);
  return ownPriorities[mayRaise ? priority.ofOperation(own, { kind }, document, name) : own]?.name ?? '';
}

function readOperation(file: string): string {
  return readFileSync(new URL(`../../../schema/operations/${file}.graphql`, import.meta.url), 'utf8');
}

describe('the class of an operation', () => {
  test.each([
    ['till', 'till/scan', 'till'],
    ['till', 'till/hold-in-store', 'till'],
    ['partner', 'till/hold-in-store', 'checkout'],
    ['staff', 'till/hold-in-store', 'checkout'],
    ['anonymous', 'till/hold-in-store', 'anonymous'],
    ['customer', 'storefront/product-page', 'known'],
    ['partner', 'partner/catalogue-feed', 'known'],
    ['anonymous', 'storefront/product-page', 'anonymous'],
  ])('%s sends %s: %s', (kind, file, expected) => {
    expect(classOf(kind, readOperation(file))).toBe(expected);
  });

  test('a client name puts back, and nothing that is asked for brings forward again', () => {
    for (const header of ['graphql-client-name', 'apollographql-client-name']) {
      const headers = { [header]: 'explorer' };
      for (const kind of ['till', 'staff', 'anonymous']) {
        expect(classOf(kind, readOperation('till/hold-in-store'), headers)).toBe('explorer');
      }
    }
    expect(classOf('anonymous', '{ me { id } }', { 'graphql-client-name': 'till' })).toBe('anonymous');
  });

  test('nobody rides along: every root field must be one that goes first', () => {
    const hold = 'holdStock(input: {}) { hold { id } }';
    expect(classOf('staff', `mutation { ${hold} }`)).toBe('checkout');
    expect(
      classOf('staff', `mutation { a: ${hold} ...F } fragment F on Mutation { __typename ... { b: ${hold} } }`),
    ).toBe('checkout');
    expect(classOf('staff', `mutation { ${hold} adjustStock(input: {}) { level { id } } }`)).toBe('known');
    expect(classOf('staff', `mutation { ...F } fragment F on Mutation { ...F ${hold} adjustStock { id } }`)).toBe(
      'known',
    );
    expect(classOf('staff', '{ channels { id } } # holdStock')).toBe('known');
    expect(classOf('staff', '{ holdStock }')).toBe('known');
    expect(classOf('staff', `query A { channels { id } } mutation B { ${hold} }`)).toBe('known');
    expect(classOf('staff', `query A { channels { id } } mutation B { ${hold} }`, {}, 'B')).toBe('checkout');
    expect(classOf('staff', `mutation { ${hold}`)).toBe('known');
    expect(classOf('staff', 'mutation { __typename } # holdStock')).toBe('known');
  });

  test('a document by its id is looked up before its class is known', () => {
    expect(priority.mayRaise(2, { kind: 'staff' }, '{"documentId":"x"}')).toBe(true);
    expect(priority.mayRaise(2, { kind: 'staff' }, '{"query":"{ channels { id } }"}')).toBe(false);
    expect(priority.mayRaise(3, { kind: 'anonymous' })).toBe(false);
  });
});

test('root fields of a document that nobody has checked are read within bounds', () => {
  const read = createRootFieldReader();
  expect(read('{ a b: a c }', undefined)).toEqual(['Query.a', 'Query.c']);
  expect(read(`{ ${'a '.repeat(3_000)} }`, undefined)).toEqual([]);
  expect(read(`{ a(text: "${'x'.repeat(20_000)}") }`, undefined)).toEqual([]);
  expect(read('{', undefined)).toEqual([]);
});
