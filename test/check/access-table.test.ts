import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { renderAccessTable } from './access-table.ts';
import { projectRoot } from './source-files.ts';

const preface = `# Who may read what

Every field of the graph with who may ask for it: scopes of staff (\`stock:read\` …), and \`customer\`, \`till\` and \`partner\`, which only a
credential of that kind gives. A field that is for several kinds shows each only its own rows: a customer their profile and orders, a till its
location, a partner their channel; what is another's looks like what does not exist (subgraphs/*/may-read.ts).
Of all this only what contracts/partner.graphql has exists for a partner's key.

A new field stands here as "everybody" until its SDL says otherwise: read the difference before you accept it with
\`vitest run --config vitest.check.config.ts test/check/access-table.test.ts -u\`.
`;

test('who may read each field is what people have reviewed', async () => {
  const supergraph = readFileSync(join(projectRoot, 'schema/supergraph.graphql'), 'utf8');
  await expect(`${preface}\n${renderAccessTable(supergraph)}\n`).toMatchFileSnapshot('../../schema/access.md');
});

test('a field without a rule is for everybody, and shows as such; rules of types, of what is returned and of arguments count', () => {
  const spec = 'https://specs.apollo.dev';
  const table = renderAccessTable(`
    schema @link(url: "${spec}/link/v1.0") @link(url: "${spec}/join/v0.3", for: EXECUTION)
      @link(url: "${spec}/requiresScopes/v0.1", for: SECURITY) @link(url: "${spec}/authenticated/v0.1", for: SECURITY) { query: Query }
    directive @link(url: String, as: String, for: link__Purpose, import: [link__Import]) repeatable on SCHEMA
    directive @join__graph(name: String!, url: String!) on ENUM_VALUE
    directive @join__type(graph: join__Graph!, key: join__FieldSet) repeatable on OBJECT | ENUM | SCALAR
    directive @join__field(graph: join__Graph) repeatable on FIELD_DEFINITION
    directive @requiresScopes(scopes: [[String!]!]!) on FIELD_DEFINITION | OBJECT | SCALAR | ENUM
    directive @authenticated on FIELD_DEFINITION | OBJECT
    scalar link__Import scalar join__FieldSet
    enum link__Purpose { SECURITY EXECUTION }
    enum join__Graph { A @join__graph(name: "a", url: "") }
    type Query @join__type(graph: A) {
      open(level: Level): Int
      thing: Thing @requiresScopes(scopes: [["a", "b"], ["c"]])
    }
    enum Level @join__type(graph: A) @requiresScopes(scopes: [["admin"]]) { LOW }
    type Thing @join__type(graph: A) @authenticated { name: String }
  `);
  expect(table.split('\n').filter((line) => /^\| [a-z]/.test(line) && !line.includes('who |'))).toEqual([
    '| open | everybody |',
    '| open(level:) | admin |',
    '| thing | a + b or c, and whoever is signed in |',
    '| name | whoever is signed in |',
  ]);
});
