/** A document that attacks, and what every transport answers to it. */
export interface DocumentAttack {
  /** As in attacks.md. */
  readonly id: string;
  readonly name: string;
  readonly query: string;
  /** The text of the variables, since an object literal cannot say `__proto__`. */
  readonly variables?: string;
  readonly operationName?: string;
  /** The code of each error, once; or the data that comes. */
  readonly verdict: { readonly codes: readonly string[] } | { readonly data: string };
}

const repeat = (count: number, make: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => make(index)).join(' ');

const refused = (code: string) => ({ codes: [code] });
const invalid = refused('GRAPHQL_VALIDATION_FAILED');
/** The limit is 1,000: a list of which nothing is said counts 10, so that 90 friendly users are 990 and 91 are 1,001. */
const tooDear = refused('COST_LIMIT');
const twoFriends = {
  data: '{"page":[{"friends":[{"id":"2"},{"id":"3"}]},{"friends":[{"id":"1"},{"id":"3"}]},{"friends":[{"id":"1"},{"id":"2"}]}]}',
};

const friends = (depth: number): string => `{ me ${'{ friends '.repeat(depth)}{ id } ${'}'.repeat(depth)} }`;
const spreads = (count: number, times: number, last: string): string =>
  `${repeat(count, (at) => `fragment F${at} on User { friends { id } ${`...F${at + 1} `.repeat(times)}}`)} fragment F${count} on User { ${last} }`;
const chain = repeat(13, (at) => `fragment F${at} on User { friends { ...F${at + 1} } }`);
const listOf = (count: number, item: string): string => `[${Array.from({ length: count }, () => item).join()}]`;

/** A01–A36 as far as they are documents and variables; A35 speaks of what subgraphs answer. */
export const documentAttacks: readonly DocumentAttack[] = [
  {
    id: 'A01',
    name: '101 aliases',
    query: `{ ${repeat(101, (at) => `a${at}: __typename`)} }`,
    verdict: refused('TOO_MANY_ALIASES'),
  },
  {
    id: 'A02',
    name: 'one mutation 40 times',
    query: `mutation { ${repeat(40, (at) => `r${at}: rename(id: 1, name: "x") { id }`)} }`,
    verdict: refused('TOO_MANY_ALIASES'),
  },
  {
    id: 'A02',
    name: 'four mutations',
    query: `mutation { ${repeat(4, (at) => `r${at}: rename(id: 1, name: "x") { id }`)} }`,
    verdict: refused('ROOT_FIELD_LIMIT'),
  },
  {
    id: 'A03',
    name: 'a field 500 times',
    query: `{ ${'__typename '.repeat(500)} }`,
    verdict: refused('ROOT_FIELD_LIMIT'),
  },
  {
    id: 'A03',
    name: 'a field 1,300 times',
    query: `{ ${'__typename '.repeat(1_300)} }`,
    verdict: refused('TOKEN_LIMIT'),
  },
  {
    id: 'A05',
    name: 'a directive 1,000 times',
    query: `{ ${'__typename @include(if: true) '.repeat(1_000)} }`,
    verdict: refused('DOCUMENT_TOO_LONG'),
  },
  {
    id: 'A05',
    name: 'a directive 100 times',
    query: `{ __typename ${'@include(if: true) '.repeat(100)} }`,
    verdict: invalid,
  },
  { id: 'A06', name: '50 levels', query: friends(50), verdict: refused('DEPTH_LIMIT') },
  {
    id: 'A07',
    name: 'levels by fragments',
    query: `{ me { ...F0 } } ${chain} fragment F13 on User { id }`,
    verdict: refused('DEPTH_LIMIT'),
  },
  {
    id: 'A09',
    name: 'a fragment shallow first, deep second',
    query: `{ a: me { ...F } b: me { friends { friends { friends { friends { friends { friends { ...F } } } } } } } }
      fragment F on User { friends { friends { friends { friends { friends { friends { id } } } } } } }`,
    verdict: refused('DEPTH_LIMIT'),
  },
  {
    id: 'A10',
    name: 'an operation that costs too much, named like the schema',
    query: 'query __schema { page(first: 100) { friends { id } } }',
    verdict: tooDear,
  },
  {
    id: 'A10',
    name: 'lists in lists in lists',
    query: '{ users { friends { friends { friends { id } } } } }',
    verdict: tooDear,
  },
  {
    id: 'A10',
    name: 'the same by fragments',
    query:
      '{ users { ...A } } fragment A on User { friends { ...B } } fragment B on User { friends { friends { id } } }',
    verdict: tooDear,
  },
  {
    id: 'A11',
    name: 'fragments in a circle',
    query: 'fragment A on Query { ...B } fragment B on Query { ...A } { ...A }',
    verdict: invalid,
  },
  {
    id: 'A13',
    name: '2^25 selections',
    query: `{ me { ...F0 } } ${spreads(25, 2, 'id')}`,
    verdict: refused('SELECTION_LIMIT'),
  },
  {
    id: 'A14',
    name: '40 inline fragments in each of 40',
    query: `{ me { ${`... on User { ${'... on User { id } '.repeat(40)}} `.repeat(40)}} }`,
    verdict: refused('DOCUMENT_TOO_LONG'),
  },
  {
    id: 'A14',
    name: '15 inline fragments in each of 15',
    query: `{me{${`...on User{${'...on User{id}'.repeat(15)}}`.repeat(15)}}}`,
    verdict: refused('TOKEN_LIMIT'),
  },
  {
    id: 'A17',
    name: 'the schema in itself',
    query: '{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }',
    verdict: invalid,
  },
  {
    id: 'A18',
    name: '20,000 blanks and commas',
    query: `${' ,'.repeat(10_000)}{ __typename }`,
    verdict: refused('DOCUMENT_TOO_LONG'),
  },
  {
    id: 'A18',
    name: '900 KB of comments',
    query: `${'#comment\n'.repeat(100_000)}{ __typename }`,
    verdict: refused('BODY_TOO_LARGE'),
  },
  { id: 'A19', name: '5,000 tokens', query: `{ ${'a '.repeat(5_000)}}`, verdict: refused('TOKEN_LIMIT') },
  {
    id: 'A21',
    name: 'a text of 10 MB',
    query: 'query ($text: String) { echo(text: $text) }',
    variables: `{"text":"${'x'.repeat(10_000_000)}"}`,
    verdict: refused('BODY_TOO_LARGE'),
  },
  {
    id: 'A21',
    name: 'a list of 101',
    query: 'query ($list: [Int!]) { echo(list: $list) }',
    variables: `{"list":${listOf(101, '1')}}`,
    verdict: refused('LIST_LIMIT'),
  },
  {
    id: 'A22',
    name: '100 values of a wrong type',
    query: 'query ($list: [Int!]) { echo(list: $list) }',
    variables: `{"list":${listOf(100, '"x"')}}`,
    verdict: refused('BAD_USER_INPUT'),
  },
  ...['"10"', '2147483648', '1.5', '1e309'].map((value) => ({
    id: 'A23',
    name: `${value} for an Int`,
    query: 'query ($list: [Int!]) { echo(list: $list) }',
    variables: `{"list":[${value}]}`,
    verdict: refused('BAD_USER_INPUT'),
  })),
  {
    id: 'A23',
    name: 'a literal beyond 32 bits',
    query: '{ echo(list: [2147483648]) }',
    verdict: invalid,
  },
  ...[
    ['a huge value', '', '{"n":2147483647}', tooDear],
    ['a value above the limit', '', '{"n":91}', tooDear],
    ['a default above the limit', ' = 91', '{}', tooDear],
    ['a value above the limit in the place of a cheap default', ' = 1', '{"n":91}', tooDear],
    ['no value: the default of the argument', '', '{}', twoFriends],
    ['no value: the default of the variable', ' = 90', '{}', twoFriends],
    ['a value below the limit in the place of a dear default', ' = 91', '{"n":90}', twoFriends],
    ['a negative value', '', '{"n":-5}', { data: '{"page":[]}' }],
  ].map(([name, fallback, variables, verdict]) => ({
    id: 'A25',
    name: `$n for a page: ${name}`,
    query: `query ($n: Int${fallback}) { page(first: $n) { friends { id } } }`,
    variables: variables as string,
    verdict: verdict as DocumentAttack['verdict'],
  })),
  ...['@include(if: $x)', '@skip(if: false)', '@skip(if: $x) @include(if: $x)'].map((directives) => ({
    id: 'A26',
    name: `what costs too much under ${directives}`,
    query: `query ($x: Boolean! = false) { me @include(if: $x) { id } page(first: 91) ${directives} { friends { id } } }`,
    variables: '{"x":false}',
    verdict: tooDear,
  })),
  {
    id: 'A26',
    name: 'a fragment that costs too much and is not included',
    query: 'query ($x: Boolean!) { ... @include(if: $x) { page(first: 91) { friends { id } } } }',
    variables: '{"x":false}',
    verdict: tooDear,
  },
  {
    id: 'A27',
    name: 'two operations, the one named costs too much',
    query: 'query Cheap { __typename } query Huge { page(first: 91) { friends { id } } }',
    operationName: 'Huge',
    verdict: tooDear,
  },
  {
    id: 'A27',
    name: 'two operations, the one not named costs too much',
    query: 'query Cheap { me { id } } query Huge { page(first: 91) { friends { id } } }',
    operationName: 'Cheap',
    verdict: { data: '{"me":{"id":"1"}}' },
  },
  {
    id: 'A27',
    name: 'two operations, the cheap one named',
    query: `query Cheap { __typename } query Huge ${friends(50)}`,
    operationName: 'Cheap',
    verdict: refused('DEPTH_LIMIT'),
  },
  {
    id: 'A27',
    name: 'two operations, none named',
    query: 'query One { __typename } query Two { __typename }',
    verdict: refused('OPERATION_RESOLUTION_FAILURE'),
  },
  {
    id: 'A30',
    name: 'a subscription with two root fields',
    query: 'subscription { a: renamed { id } b: renamed { id } }',
    verdict: invalid,
  },
  {
    id: 'A30',
    name: 'a subscription of introspection',
    query: 'subscription { __typename }',
    verdict: invalid,
  },
  {
    id: 'A30',
    name: 'a subscription whose root may be skipped',
    query: 'subscription ($no: Boolean!) { renamed @skip(if: $no) { id } }',
    variables: '{"no":true}',
    verdict: invalid,
  },
  {
    id: 'A31',
    name: 'a NUL in a literal',
    query: '{ echo(text: "\\u0000") }',
    verdict: refused('BAD_USER_INPUT'),
  },
  {
    id: 'A31',
    name: 'half a surrogate pair in a variable',
    query: 'query ($text: String) { echo(text: $text) }',
    variables: '{"text":"\\ud800"}',
    verdict: refused('BAD_USER_INPUT'),
  },
  {
    id: 'A33',
    name: 'variables named like what objects have',
    query: 'query ($__proto__: String, $constructor: String) { a: echo(text: $__proto__) b: echo(text: $constructor) }',
    variables: '{"__proto__":"one","constructor":"two"}',
    verdict: refused('BAD_REQUEST'),
  },
  {
    id: 'A33',
    name: 'objects for such variables',
    query: 'query ($__proto__: String) { echo(text: $__proto__) }',
    variables: '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}',
    verdict: refused('BAD_REQUEST'),
  },
  {
    id: 'A34',
    name: 'aliases named like what objects have, from two subgraphs',
    query: '{ __proto__: me { constructor: name prototype: reviews { __proto__: body } } }',
    verdict: {
      data: '{"__proto__":{"constructor":"Ada","prototype":[{"__proto__":"Review of 1"}]}}',
    },
  },
];
