import { composeServices } from '@theguild/federation-composition';
import { parse, printSchema } from 'graphql';
import { describe, expect, test } from 'vitest';
import type { GatewayError } from '../../../gateway/errors.ts';
import { readSupergraph } from '../../../gateway/supergraph/supergraph.ts';

const federation = (imports: string): string =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [${imports}])`;

function compose(subgraphs: Readonly<Record<string, string>>): string {
  const services = Object.entries(subgraphs).map(([name, sdl]) => ({
    name,
    url: `http://${name}.test/`,
    typeDefs: parse(sdl),
  }));
  const result = composeServices(services);
  if (!('supergraphSdl' in result) || result.supergraphSdl === undefined)
    throw new Error(JSON.stringify(result.errors));
  return result.supergraphSdl;
}

const guarded = compose({
  'my-accounts': `
    ${federation('"@key", "@requiresScopes", "@policy", "@cost", "@listSize", "@tag", "@inaccessible", "@composeDirective", "@authenticated"')}
    extend schema @link(url: "https://example.test/live/v1.0", import: ["@liveFeed"]) @composeDirective(name: "@liveFeed")
    directive @liveFeed(cursor: String!, audience: String = "everybody") on FIELD_DEFINITION
    type Query {
      me: User @authenticated
      secret: String @requiresScopes(scopes: [["a:read", "b:read"], ["root"]])
      paid: Int @policy(policies: [["gold"]]) @cost(weight: 5)
      list(first: Int @cost(weight: 2)): [User] @listSize(slicingArguments: ["first"], assumedSize: 10)
      kind: Kind
    }
    type Subscription { changed: User @liveFeed(cursor: "id") }
    enum Kind @requiresScopes(scopes: [["kinds"]]) { A B @inaccessible }
    type User implements Hidden @key(fields: "id") { id: ID!  name: String @tag(name: "partner")  note(deep: Boolean @inaccessible): Int @inaccessible }
    interface Hidden @inaccessible { id: ID! }
    union Both @inaccessible = User
    input Filter { a: Int  b: Int @inaccessible }
    extend type Query { find(filter: Filter, old: Int @deprecated(reason: "gone")): Int }
  `,
  '2nd': `${federation('"@key", "@authenticated"')} type User @key(fields: "id") { id: ID!  email: String @authenticated }`,
});

describe('what clients see', () => {
  test('nothing inaccessible, nothing of federation, no directive but those of GraphQL', () => {
    const text = printSchema(readSupergraph(guarded).apiSchema);
    expect(text).not.toMatch(/join__|link__|requiresScopes|policy|listSize|liveFeed|@tag|Hidden|Both|note|\bB\b|\bb:/);
    expect(text).toContain('old: Int @deprecated(reason: "gone")');
    expect(text).toContain('email: String');
  });

  test('subgraphs go by the names that planners use', () => {
    expect([...readSupergraph(guarded).subgraphs]).toEqual([
      ['2nd', { name: '2nd', url: 'http://2nd.test/' }],
      ['my-accounts', { name: 'my-accounts', url: 'http://my-accounts.test/' }],
    ]);
  });

  test('an executable directive of the graph stays; a type-system one goes', () => {
    const sdl = guarded.replace(
      'directive @liveFeed',
      'directive @fast(ms: Int) on FIELD | OBJECT\n\ndirective @slow on OBJECT\n\ndirective @liveFeed',
    );
    const { apiSchema } = readSupergraph(sdl);
    expect(apiSchema.getDirective('fast')?.locations).toEqual(['FIELD']);
    expect(apiSchema.getDirective('slow')).toBeUndefined();
  });
});

describe('what the gateway reads in directives', () => {
  test('access rules, by coordinate', () => {
    expect(Object.fromEntries(readSupergraph(guarded).directives.access)).toEqual({
      'Query.me': { isAuthenticated: true, scopes: [], policies: [] },
      'Query.secret': { isAuthenticated: false, scopes: [['a:read', 'b:read'], ['root']], policies: [] },
      'Query.paid': { isAuthenticated: false, scopes: [], policies: [['gold']] },
      'User.email': { isAuthenticated: true, scopes: [], policies: [] },
      Kind: { isAuthenticated: false, scopes: [['kinds']], policies: [] },
    });
  });

  test('the same rules when the supergraph renames their directives', () => {
    const renamed = guarded
      .replace('requiresScopes/v0.1", for', 'requiresScopes/v0.1", as: "needs", for')
      .replaceAll('@requiresScopes(', '@needs(')
      .replaceAll('requiresScopes__', 'needs__')
      .replace(
        'authenticated/v0.1", for',
        'authenticated/v0.1", import: [{ name: "@authenticated", as: "@loggedIn" }], for',
      )
      .replaceAll('@authenticated on', '@loggedIn on')
      .replaceAll('@authenticated\n', '@loggedIn\n')
      .replaceAll('@authenticated {', '@loggedIn {');
    expect(renamed).toContain('@needs(scopes');
    expect(renamed).toContain('@loggedIn');
    const { directives, sdl } = readSupergraph(renamed);
    expect(directives.access).toEqual(readSupergraph(guarded).directives.access);
    expect(sdl).not.toMatch(/needs|loggedIn/);
  });

  test("cost, list size and the graph's own directives, with their defaults and without a meaning", () => {
    const { uses } = readSupergraph(guarded).directives;
    const read = (name: string) =>
      [...(uses.get(name) ?? [])].map(([coordinate, all]) => [coordinate, all.map(({ values }) => ({ ...values }))]);
    expect(read('cost')).toEqual([
      ['Query.paid', [{ weight: 5 }]],
      ['Query.list(first:)', [{ weight: 2 }]],
    ]);
    expect(read('listSize')).toEqual([
      ['Query.list', [{ slicingArguments: ['first'], assumedSize: 10, requireOneSlicingArgument: true }]],
    ]);
    expect(read('liveFeed')).toEqual([['Subscription.changed', [{ cursor: 'id', audience: 'everybody' }]]]);
    expect(uses.get('liveFeed')?.get('Subscription.changed')?.[0]?.feature).toBe('https://example.test/live');
    expect(read('tag')).toEqual([['User.name', [{ name: 'partner' }]]]);
  });

  test('rules for one coordinate from several directives add up: both must hold', () => {
    const twice = guarded.replace(
      '@requiresScopes(scopes: [["kinds"]])',
      '@requiresScopes(scopes: [["a"], ["b"]]) @requiresScopes(scopes: [["c"]])',
    );
    expect(readSupergraph(twice).directives.access.get('Kind')?.scopes).toEqual([
      ['a', 'c'],
      ['b', 'c'],
    ]);
  });
});

describe('what is refused', () => {
  const cases: readonly [name: string, sdl: string, reason: RegExp][] = [
    ['nothing', '', /Unexpected <EOF>/],
    ['no GraphQL', '{', /Syntax Error/],
    ['a schema that is not composed', 'type Query { a: Int }', /join specification/],
    ['half a file', guarded.slice(0, guarded.length / 2), /Syntax Error|Unknown type|Query/],
    ['a type that is not there', guarded.replace('type User ', 'type Usr '), /User/],
    ['a visible field of an inaccessible type', guarded.replace('kind: Kind', 'kind: Both'), /Both/],
    ['no root', guarded.replace('query: Query', 'query: Nothing'), /Nothing|Query/],
    [
      'a security feature that nobody here understands',
      guarded.replace('policy/v0.1', 'secrecy/v0.1'),
      /secrecy for SECURITY/,
    ],
    [
      'an execution feature that nobody here understands',
      guarded.replace('join/v0.5', 'enjoin/v0.5'),
      /join specification/,
    ],
  ];
  for (const [name, sdl, reason] of cases) {
    test(name, () => {
      expect(() => readSupergraph(sdl)).toThrow(reason);
      expect(() => readSupergraph(sdl)).toThrow(
        expect.objectContaining({ code: 'SUPERGRAPH_INVALID' }) as GatewayError,
      );
    });
  }
});

test('a federation 1 supergraph is read', () => {
  const { subgraphs, apiSchema } = readSupergraph(`
    schema @core(feature: "https://specs.apollo.dev/core/v0.1") @core(feature: "https://specs.apollo.dev/join/v0.1") { query: Query }
    directive @core(feature: String!) repeatable on SCHEMA
    directive @join__field(graph: join__Graph, requires: join__FieldSet, provides: join__FieldSet) on FIELD_DEFINITION
    directive @join__type(graph: join__Graph!, key: join__FieldSet) repeatable on OBJECT | INTERFACE
    directive @join__owner(graph: join__Graph!) on OBJECT | INTERFACE
    directive @join__graph(name: String!, url: String!) on ENUM_VALUE
    scalar join__FieldSet
    enum join__Graph { A @join__graph(name: "a", url: "http://a.test/") }
    type Query { me: String @join__field(graph: A) }
  `);
  expect([...subgraphs.keys()]).toEqual(['a']);
  expect(printSchema(apiSchema).trim()).toBe('type Query {\n  me: String\n}');
});
