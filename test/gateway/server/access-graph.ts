import { pino } from 'pino';
import { type GatewaySettings, resolveSettings } from '../../../gateway/config.ts';
import { createGateway, type GatewayOptions } from '../../../gateway/server.ts';
import { createTestIssuer, issuerSettings } from '../identity/test-issuer.ts';
import { startSubgraph, type TestSubgraph } from './start-subgraph.ts';
import { compose } from './test-graph.ts';

const imports =
  '["@key", "@external", "@requires", "@shareable", "@authenticated", "@requiresScopes", "@policy", "@tag"]';
const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ${imports})`;

/** A shop with things that not everybody may see. */
export const goodsSdl = `
  ${link}
  type Query {
    thing(id: ID = "1"): Thing @tag(name: "outside")
    nodes: [Node!]! @tag(name: "outside")
    any: [Any]
    search(text: String, cost: Int): String
    secretLevel: Level
    needed: String! @authenticated
    owner: Owner
  }
  type Mutation { first: Int second: Int! @requiresScopes(scopes: [["w"]]) third: Int }
  interface Node { id: ID! label: String }
  union Any = Thing | Safe
  type Thing implements Node @key(fields: "id") {
    id: ID! @tag(name: "outside")
    label: String @tag(name: "inside")
    cost: Int @tag(name: "outside") @requiresScopes(scopes: [["cost:read"], ["admin"]])
    both: Int @requiresScopes(scopes: [["a", "b"]])
    signed: String @authenticated
    ruled: String @policy(policies: [["even"]])
    price(internal: Boolean): Int!
  }
  type Safe implements Node { id: ID! label: String @authenticated inside: Int }
  type Owner @authenticated { id: ID! name: String }
  enum Level @requiresScopes(scopes: [["admin"]]) { LOW HIGH }
`;
export const margins = `
  ${link}
  type Thing @key(fields: "id") {
    id: ID!
    cost: Int @external
    margin: Int @requires(fields: "cost") @requiresScopes(scopes: [["cost:read"], ["admin"]])
    weight: Int
  }
`;

/** Composition wants the rule of what is required to be repeated; a supergraph of another composer may not have it. */
function withoutRuleOfMargin(sdl: string): string {
  const changed = sdl.replace(/(margin: Int @join__field\([^)]*\)) @\w+\(scopes: [^)]*\)/, '$1');
  if (changed === sdl) throw new Error('The rule of margin was not found.');
  return changed;
}

const things = [
  { __typename: 'Thing', id: '1', label: 'one', cost: 40, both: 2, signed: 's', ruled: 'r', price: 100 },
  { __typename: 'Safe', id: '2', label: 'two', inside: 5 },
];

export async function startAccessGraph(
  settings: Partial<GatewaySettings> = {},
  options: Partial<GatewayOptions> = {},
  change?: (sdl: string, name: string) => string,
) {
  await using opened = new AsyncDisposableStack();
  const seen: string[] = [];
  const goods: TestSubgraph = opened.use(
    await startSubgraph('goods', goodsSdl, {
      Query: {
        thing: () => things[0],
        nodes: () => things,
        any: () => things,
        search: (_: unknown, { cost }: { cost?: number }) => (cost === undefined ? 'plain' : 'by cost'),
        secretLevel: () => 'HIGH',
        needed: () => 'needed',
        owner: () => ({ id: 'o', name: 'Ada' }),
      },
      Mutation: {
        first: () => seen.push('first'),
        second: () => seen.push('second'),
        third: () => seen.push('third'),
      },
      Node: { __resolveType: ({ __typename }: { __typename: string }) => __typename },
      Any: { __resolveType: ({ __typename }: { __typename: string }) => __typename },
      Thing: { __resolveReference: () => things[0] },
    }),
  );
  const calculated: TestSubgraph = opened.use(
    await startSubgraph('margins', margins, {
      Thing: { margin: ({ cost }: { cost: number }) => 100 - cost, weight: () => 7 },
    }),
  );
  const issuer = await createTestIssuer();
  const log: Record<string, unknown>[] = [];
  const scopes = ['cost:read', 'admin', 'a', 'b', 'w', 'schema:read'];
  const gateway = opened.adopt(
    await createGateway({
      supergraph: { kind: 'sdl', sdl: withoutRuleOfMargin(compose([goods, calculated], change)) },
      logger: pino({ level: 'debug' }, { write: (line: string) => void log.push(JSON.parse(line)) }),
      policies: { even: ({ id }) => id !== '' && Number(id) % 2 === 0 },
      ...options,
      settings: {
        ...resolveSettings(),
        port: 0,
        drainDeadlineMs: 2_000,
        issuers: issuerSettings(issuer, { scopes }),
        ...settings,
      },
    }),
    (running) => running.close(),
  );
  const resources = opened.move();
  return {
    gateway,
    goods,
    calculated,
    /** Mutations that were run. */
    seen,
    log,
    issuer,
    /** Headers of somebody with these scopes. */
    as: async (scope: string, sub = '1') => ({ authorization: `Bearer ${await issuer.sign({ scope, sub })}` }),
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}
