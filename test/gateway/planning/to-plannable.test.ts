import { parse, print } from 'graphql';
import { expect, test } from 'vitest';
import { dataKeysFor } from '../../../gateway/planning/data-keys.ts';
import { plannableTexts, takeOperation } from '../../../gateway/planning/split-operation.ts';
import { openWorld } from '../../differential/open-world.ts';
import { library } from '../../differential/worlds/library.ts';

const { supergraph } = openWorld(library);

function rewritten(document: string, conditions: Record<string, boolean> = {}): string[] {
  const chosen = takeOperation(parse(document), undefined);
  const texts = plannableTexts(
    chosen,
    supergraph,
    dataKeysFor(supergraph.supergraphSchema),
    (name) => conditions[name],
  );
  return texts.map(({ text }) => text);
}

test.each<[string, string, string[], Record<string, boolean>?]>([
  ['leaves a plain operation alone', '{ people { id } }', ['{ people { id } }']],
  [
    'decides literal conditions',
    '{ people @skip(if: true) { id } clock @include(if: true) { hour } }',
    ['{ clock { hour } }'],
  ],
  [
    'decides conditions by their variables, and keeps the field whose selections are all left out',
    'query($a: Boolean!) { people { id @include(if: $a) } }',
    ['{ people { __typename } }'],
    { a: false },
  ],
  [
    'leaves open conditions to the plan',
    'query($a: Boolean!) { people { id @skip(if: $a) nick } }',
    ['query ($a: Boolean!) { people { id @skip(if: $a) nick } }'],
  ],
  ['dissolves fragments that apply anyway', '{ works { ... on Node { id ... { lent } } } }', ['{ works { id lent } }']],
  [
    'drops fragments that never apply',
    '{ people { id ... on Node { ... on Band { members { id } } } } }',
    ['{ people { id } }'],
  ],
  [
    'asks for the type where the answer depends on it',
    '{ works { ... on Book { pages } } }',
    ['{ works { __typename ... on Book { pages } } }'],
  ],
  ['asks for the type where a hidden type may stand', '{ nodes { id } }', ['{ nodes { __typename id } }']],
  ['does not ask an interface object for its type in vain', '{ top { rating } }', ['{ top { rating } }']],
  [
    'renames what would hide a key',
    '{ people { id: nick x: __typename __typename: age } }',
    ['{ people { _r_id: nick __typename _r___typename: age } }'],
  ],
  [
    'renames what a subgraph needs with other arguments, and nothing else that has arguments',
    '{ works { title(style: LOUD) ... on Book { weight x: weight shipping(express: true) } ... on Film { weight: minutes } } }',
    [
      '{ works { __typename title(style: LOUD) ... on Book { _r_weight: weight x: weight shipping(express: true) } ... on Film { _r_weight: minutes } } }',
    ],
  ],
  [
    'leaves what is needed with the same arguments where it is',
    '{ book(isbn: "1") { weight(unit: KILO) } }',
    ['{ book(isbn: "1") { weight(unit: KILO) } }'],
  ],
  ['takes introspection out', '{ __typename __schema { types { name } } }', []],
  [
    'plans the fields of a mutation one by one, with their own variables',
    'mutation($i: ID!, $n: Int!) { a: lend(id: $i) ...F a: lend(id: $i) } fragment F on Mutation { rate(id: "1", stars: $n) { id } }',
    [
      'mutation ($i: ID!) { a: lend(id: $i) a: lend(id: $i) }',
      'mutation ($n: Int!) { rate(id: "1", stars: $n) { id } }',
    ],
  ],
])('%s', (_name, document, expected, conditions) => {
  expect(rewritten(document, conditions).map(flat)).toEqual(expected.map(flat));
});

function flat(document: string): string {
  return print(parse(document)).replace(/\s+/g, ' ');
}
