import { readFile } from 'node:fs/promises';
import { composeServices } from '@theguild/federation-composition';
import { buildSchema, lexicographicSortSchema, parse, printSchema } from 'graphql';
import { expect, test } from 'vitest';
import { readSupergraph, readSupergraphInTurns, viewFor } from '../../../gateway/supergraph/supergraph.ts';

const file = (path: string) => readFile(new URL(`../../../schema/${path}`, import.meta.url), 'utf8');

function compose(types: string): string {
  const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@inaccessible", {name: "@tag", as: "@for"}])`;
  const { supergraphSdl, errors } = composeServices([{ name: 'a', url: 'http://a', typeDefs: parse(link + types) }]);
  if (supergraphSdl === undefined) throw new Error(JSON.stringify(errors));
  return supergraphSdl;
}

const contractOf = (types: string, contract = 'out') =>
  printSchema(lexicographicSortSchema(viewFor(readSupergraph(compose(types), [contract]), contract).apiSchema)).trim();

test('the partner contract is what composition writes', async () => {
  const [sdl, written] = await Promise.all([file('supergraph.graphql'), file('contracts/partner.graphql')]);
  const expected = printSchema(lexicographicSortSchema(buildSchema(written)));
  const supergraph = await readSupergraphInTurns(sdl, ['partner']);
  const { apiSchema } = viewFor(supergraph, 'partner');
  expect(printSchema(lexicographicSortSchema(apiSchema))).toBe(expected);
  expect(viewFor(supergraph, undefined)).toBe(supergraph);
});

test('fields and unions opt in by the tag, under whatever name it is linked; what they take comes along, what cannot be reached goes', () => {
  expect(
    contractOf(`
      type Query {
        "A thing."
        thing(id: ID = "1", in: In): Thing @for(name: "out")
        hidden: Hidden @for(name: "out")
        lone: Lone
        any: Any @for(name: "out")
        none: None @for(name: "out")
        nodes: [Node] @for(name: "out")
      }
      interface Node @for(name: "out") { id: ID! }
      type Thing implements Node @for(name: "out") { id: ID! kind: Kind at: Date secret: Int @inaccessible }
      type Other implements Node { id: ID! @for(name: "out") label: String @for(name: "in") }
      type Hidden implements Node { id: ID! }
      type Lone @for(name: "out") { a: Int }
      union Any @for(name: "out") = Thing | Hidden
      union None = Thing
      enum Kind { LOW @for(name: "out") HIGH }
      enum Unused { A }
      scalar Date
      input In { a: Int inner: Inner }
      input Inner { b: Int @for(name: "out") c: Int c2: Kind }
    `),
  ).toBe(
    `union Any = Thing

scalar Date

input In {
  a: Int
  inner: Inner
}

input Inner {
  b: Int
}

enum Kind {
  LOW
}

interface Node {
  id: ID!
}

type Other implements Node {
  id: ID!
}

type Query {
  any: Any
  nodes: [Node]

  """A thing."""
  thing(id: ID = 1, in: In): Thing
}

type Thing implements Node {
  at: Date
  id: ID!
  kind: Kind
}`,
  );
});

test('some arguments of a field may be tagged, and then the others are not there', () => {
  expect(contractOf('type Query { a(x: Int @for(name: "out"), y: Int, z: Int! = 1): Int @for(name: "out") }')).toBe(
    'type Query {\n  a(x: Int): Int\n}',
  );
});

test('a contract that nothing carries, and one that it was not read for, have nothing in them', () => {
  const types = 'type Query { a: Int @for(name: "out") } type Mutation { b: Int @for(name: "other") }';
  const nothing = 'type Query';
  expect(contractOf(types, 'nobody')).toBe(nothing);
  expect(contractOf(types, 'other')).toBe(nothing);
  const supergraph = readSupergraph(compose(types));
  expect(printSchema(viewFor(supergraph, 'out').apiSchema)).toBe(nothing);
  expect(viewFor(supergraph, 'out')).toBe(viewFor(supergraph, 'out'));
});

test.each([
  ['an argument that must be given', 'type Query { a(x: Int @for(name: "out"), y: Int!): Int @for(name: "out") }'],
  [
    'a field of an input that must be given',
    'type Query { a(x: In): Int @for(name: "out") } input In { b: Int @for(name: "out") c: Int! }',
  ],
  [
    'a field that an interface promises',
    'type Query { a: N @for(name: "out") } interface N @for(name: "out") { b: Int c: Int } type T implements N { b: Int @for(name: "out") c: Int }',
  ],
])('a contract without %s is refused, and says so', (_what, types) => {
  expect(() => readSupergraph(compose(types), ['out'])).toThrow(/the contract "out"/);
});
