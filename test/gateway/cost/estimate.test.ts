import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maxCost } from '../../../gateway/cost/cost-term.ts';
import { costOf, estimate, readPriced } from './price-graph.ts';

// The first half is the example of Apollo's documentation, whose sums are theirs.
const shop = readPriced(`
  type Query {
    book(id: ID): Book
    bestsellers: [Book!]! @listSize(assumedSize: 5)
    shelf: [Book!]!
    page(first: Int = 3, last: Int): [Book!] @listSize(slicingArguments: ["first", "last"], requireOneSlicingArgument: false)
    strict(first: Int, last: Int): [Book!] @listSize(slicingArguments: ["first", "last"])
    books(first: Int = 20): Books @listSize(slicingArguments: ["first"], sizedFields: ["edges", "nodes"], requireOneSlicingArgument: false)
    search(text: String @cost(weight: 7), by: Filter): [Found!]! @listSize(assumedSize: 2)
    items: [Item!]! @listSize(assumedSize: 2)
    grid: [[Book!]!]!
    refund: Book @cost(weight: -50)
  }
  type Mutation { add(input: Filter!, all: [Filter!]): Book }
  type Subscription { added: Book }
  type Books { edges: [Edge!]! nodes: [Book!]! free: [Book!]! }
  type Edge @cost(weight: 0) { node: Book! }
  type Book { id: ID! title: String author: Author! publisher: Publisher! rating: Int @cost(weight: 3) alike(first: Int = 2): [Book!]! @listSize(slicingArguments: ["first"]) }
  type Author { name: String books: [Book!]! }
  type Publisher @cost(weight: 5) { name: String address: Address }
  type Address { zipCode: Zip }
  scalar Zip @cost(weight: 2)
  input Filter { text: String author: AuthorFilter @cost(weight: 4) and: [Filter!] }
  input AuthorFilter { name: String }
  union Found = Book | Author
  interface Item { id: ID! notes: [Note!]! }
  type Cheap implements Item { id: ID! notes: [Note!]! @listSize(assumedSize: 1) }
  type Dear implements Item { id: ID! notes: [Note!]! @listSize(assumedSize: 100) more: Note }
  type Note { text: String @cost(weight: 0) }
`);

describe('an estimate', () => {
  test.each([
    ['objects are 1, leaves nothing', '{ book { title author { name } } }', 2],
    ['a type has a weight of its own', '{ book { publisher { name } } }', 6],
    ['a scalar and a leaf field too', '{ book { rating publisher { address { zipCode } } } }', 1 + 3 + 5 + 1 + 2],
    ['a list is as long as it is said to be', '{ bestsellers { title } }', 5],
    ['a list of which nothing is said is as long as the setting says', '{ shelf { author { name } } }', 20],
    ['lists multiply', '{ bestsellers { author { books { title } } } }', 5 * (1 + 1 + 10)],
    ['a list of lists is one', '{ grid { title } }', 100],
    ['a slicing argument is the size', '{ page(first: 7) { title } }', 7],
    ['the largest counts', '{ page(first: 7, last: 9) { title } }', 9],
    ["the argument's default counts", '{ page { title } }', 3],
    ['a null says nothing', '{ page(first: null) { title } }', 10],
    [
      'sized fields have the size, others do not',
      '{ books(first: 4) { edges { node { title } } nodes { title } free { title } } }',
      1 + 4 + 4 + 10,
    ],
    ['under an alias as well', '{ a: books(first: 4) { nodes: free { title } b: nodes { title } } }', 1 + 10 + 4],
    ['an argument has a weight, given or not', '{ search(text: "a") { __typename } }', 7 + 2],
    [
      'an input object is 1, with what is in it',
      '{ search(by: { author: { name: "a" }, and: [{}, {}] }) { __typename } }',
      1 + 4 + 2 + 2,
    ],
    ['a mutation is 10', 'mutation { add(input: {}) { id } }', 10 + 1 + 1],
    ['a subscription nothing', 'subscription { added { id } }', 1],
    [
      'the dearest member of a union counts',
      '{ search { ... on Book { publisher { name } } ... on Author { name } } }',
      2 * (1 + 5),
    ],
    ["the dearest of an interface's types", '{ items { notes { text } } }', 2 * (1 + 100)],
    [
      'fields of one type and of all are added',
      '{ items { notes { text } ... on Dear { more { text } } ... on Cheap { id } } }',
      2 * (1 + 100 + 1),
    ],
    [
      'a field that is selected twice comes once',
      '{ book { author { name } } book { author { books { id } } ...F } } fragment F on Book { author { name } }',
      1 + 1 + 10,
    ],
    ['under two names it comes twice', '{ a: book { id } b: book { id } }', 2],
    [
      'nothing is left out for @skip and @include',
      '{ book @skip(if: true) { id } shelf @include(if: false) { id } }',
      11,
    ],
    ['nothing is given back for a weight below zero', '{ refund { id } }', 0],
    ['introspection costs nothing', '{ __schema { types { fields { name } } } __typename }', 0],
  ])('%s', (_name, text, cost) => {
    expect(estimate(shop, text)).toBe(cost);
  });

  test('exactly one slicing argument must be given where the graph insists, by literal and by variable', () => {
    const query = 'query ($a: Int, $b: Int) { strict(first: $a, last: $b) { id } }';
    expect(estimate(shop, query, { a: 3 })).toBe(3);
    for (const variables of [{}, { a: 1, b: 1 }, { a: null }]) {
      expect(() => estimate(shop, query, variables)).toThrow(/Exactly one/);
    }
    for (const given of ['', '(first: 1, last: 2)', '(first: null)']) {
      expect(() => estimate(shop, `{ strict${given} { id } }`)).toThrow(/Exactly one/);
    }
  });

  test('variables that do not fit have none: the executor says what is wrong', () => {
    expect(estimate(shop, 'query ($n: Int) { page(first: $n) { id } }', { n: 'x' })).toBeUndefined();
  });

  test('of the chosen operation only', () => {
    const text = 'query A { book { id } } query B { shelf { id } }';
    expect(costOf(shop, text, 'A').estimate({})).toBe(1);
    expect(costOf(shop, text, 'B').estimate({})).toBe(10);
  });

  test('directives that a subgraph has renamed are obeyed, those of nobody are not', () => {
    const sdl = 'type Query { a: A @PRICE b: [A!]! @SIZE } type A { id: ID }';
    const renamed = readPriced(
      sdl.replace('@PRICE', '@price(weight: 9)').replace('@SIZE', '@long(assumedSize: 3)'),
      '{ name: "@cost", as: "@price" }, { name: "@listSize", as: "@long" }',
    );
    expect(estimate(renamed, '{ a { id } b { id } }')).toBe(9 + 3);
    const foreign = readPriced(
      `directive @weighs(weight: Int) on FIELD_DEFINITION ${sdl.replace('@PRICE', '@weighs(weight: 9)').replace('@SIZE', '')}`,
      '"@key"',
    );
    expect(estimate(foreign, '{ a { id } b { id } }')).toBe(1 + 10);
  });

  test('fourteen lists of 2^31 in each other overflow nothing', () => {
    const text = `{ book { ${'alike(first: 2147483647) { '.repeat(13)} id ${'}'.repeat(13)} } }`;
    expect(estimate(shop, text)).toBe(maxCost);
  });

  test('is the same by literal, variable and default, whatever the number', () => {
    fc.assert(
      fc.property(fc.option(fc.integer({ min: -5, max: 2_147_483_647 })), fc.nat(50), (n, fallback) => {
        const literal = estimate(shop, `{ books(first: ${n}) { nodes { author { name } } } }`);
        const body = '{ books(first: $n) { nodes { author { name } } } }';
        expect(estimate(shop, `query ($n: Int) ${body}`, { n })).toBe(literal);
        expect(estimate(shop, `query ($n: Int = ${n}) ${body}`)).toBe(literal);
        expect(estimate(shop, `query ($n: Int = ${fallback}) ${body}`, { n })).toBe(literal);
        expect(estimate(shop, `query ($n: Int) ${body}`)).toBe(
          estimate(shop, '{ books { nodes { author { name } } } }'),
        );
      }),
    );
  });

  test('takes one step for each selection, however types and fragments nest', () => {
    // 2,000 selections after expanding, and types of which each level could double the ways.
    const level = (depth: number): string =>
      depth === 0
        ? 'id'
        : `id ... on Dear { id more { text } } ... on Cheap { id } ... on Item { ${level(depth - 1)} }`;
    const many = `{ items { ${level(200)} } }`;
    expect(estimate(shop, many)).toBe(2 * 2);
    const spreads = Array.from(
      { length: 10 },
      (_, at) => `fragment F${at} on Book { author { books { ...F${at + 1} } } }`,
    );
    const nested = `{ book { ...F0 } } ${spreads.join(' ')} fragment F10 on Book { id }`;
    expect(estimate(shop, nested)).toBe(
      1 + Array.from({ length: 10 }, (_, at) => 10 ** at * 11).reduce((a, b) => a + b),
    );
  });
});
