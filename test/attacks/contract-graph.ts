import { GraphQLError } from 'graphql';
import { pino } from 'pino';
import { type GatewaySettings, resolveSettings } from '../../gateway/config.ts';
import { kindsSchema } from '../../gateway/identity/identity-settings.ts';
import { anonymous, createPrincipal } from '../../gateway/identity/principal.ts';
import { createGateway } from '../../gateway/server.ts';
import { createSubgraph } from '../../subgraphs/shared/create-subgraph.ts';
import { compose } from '../gateway/server/test-graph.ts';

const link = `extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires", "@tag", "@composeDirective"])
  @link(url: "https://oneshelf.example/live/v1.0", import: ["@liveFeed"])
  @composeDirective(name: "@liveFeed")
  directive @liveFeed(resumeArgument: String! = "after", cursorField: String! = "cursor", audience: String! = "PERSON") on FIELD_DEFINITION`;

/** Works, of which a guest's contract has a part; what nobody outside should hear of has the word secret in it. */
export const worksSdl = `${link}
  type Query {
    work(id: ID = "1" @tag(name: "guest"), secretMode: SecretMode): Work @tag(name: "guest")
    works: [Work!]! @tag(name: "guest")
    nodes: [Node]! @tag(name: "guest")
    any: [Any]! @tag(name: "guest")
    sorted(by: Order = SECRET_ORDER): String @tag(name: "guest")
    found(in: Search): String @tag(name: "guest") @tag(name: "press")
    secretWorks: [SecretWork!]!
  }
  type Mutation { praise(id: ID!): Work @tag(name: "guest") secretBurn(id: ID!): Work }
  type Subscription {
    heard(after: String): Tick! @tag(name: "guest") @liveFeed(audience: "EVERYBODY")
    secretHeard: Tick!
  }
  type Tick { cursor: String! @tag(name: "guest") secretCount: Int }
  interface Node @tag(name: "guest") { id: ID! title: String }
  union Any @tag(name: "guest") = Work | SecretWork
  type Work implements Node @key(fields: "id") {
    id: ID! @tag(name: "guest")
    title: String @tag(name: "guest")
    order: Order @tag(name: "guest")
    secretPrice: Int
    secretFault: Int!
  }
  type SecretWork implements Node { id: ID! title: String secretPrice: Int }
  enum Order { BY_TITLE @tag(name: "guest") BY_YEAR @tag(name: "guest") SECRET_ORDER }
  enum SecretMode { ON }
  input Search { text: String @tag(name: "guest") secretOwner: ID }
`;
export const sumsSdl = `${link}
  type Query { sums: Int }
  type Work @key(fields: "id") {
    id: ID!
    secretPrice: Int @external
    secretFault: Int! @external
    twice: Int @requires(fields: "secretPrice") @tag(name: "guest")
    faulty: Int @requires(fields: "secretFault") @tag(name: "guest")
  }
`;

const [one, two] = [
  { __typename: 'Work', id: '1', title: 'One', order: 'BY_TITLE', secretPrice: 20 },
  { __typename: 'Work', id: '2', title: 'Two', order: 'SECRET_ORDER', secretPrice: 30 },
];
const all = [one, { __typename: 'SecretWork', id: 'secret-3', title: 'A secret', secretPrice: 40 }, two];

const resolvers = {
  Query: {
    work: (_: unknown, { id }: { id: string }) => [one, two].find((each) => each?.id === id),
    works: () => [one, two],
    nodes: () => all,
    any: () => all,
    sorted: (_: unknown, { by }: { by: string }) => `by ${by.length}`,
    found: () => 'found',
    secretWorks: () => [all[1]],
  },
  Mutation: { praise: () => one, secretBurn: () => one },
  Subscription: {
    heard: { subscribe: tick, resolve: (event: object) => event },
    secretHeard: { subscribe: tick, resolve: (event: object) => event },
  },
  Node: { __resolveType: ({ __typename }: { __typename: string }) => __typename },
  Any: { __resolveType: ({ __typename }: { __typename: string }) => __typename },
  Work: {
    __resolveReference: ({ id }: { id: string }) => [one, two].find((each) => each?.id === id),
    secretFault: () => {
      throw new GraphQLError('The secretFault of this work is not known.', { extensions: { code: 'NOT_FOUND' } });
    },
  },
};

async function* tick() {
  yield { cursor: '1', secretCount: 7 };
}

/** A gateway in this process: who sends `authorization: guest` has that contract, `press` another, `staff` none. */
export async function startContractGraph(settings: Partial<GatewaySettings> = {}) {
  const shared = { createContext: () => ({}), onInternalError: () => undefined };
  const works = createSubgraph({ name: 'works', sdl: worksSdl, resolvers, ...shared });
  const sums = createSubgraph({
    name: 'sums',
    sdl: sumsSdl,
    resolvers: {
      Query: { sums: () => 1 },
      Work: {
        __resolveReference: (work: object) => work,
        twice: ({ secretPrice }: { secretPrice: number }) => 2 * secretPrice,
        faulty: () => 1,
      },
    },
    ...shared,
  });
  const sdl = compose([
    { name: 'works', sdl: worksSdl, url: 'http://works.invalid/' },
    { name: 'sums', sdl: sumsSdl, url: 'http://sums.invalid/' },
  ]);
  const kinds = kindsSchema.parse({ guest: { contract: 'guest' }, press: { contract: 'press' }, staff: {} });
  const principals = new Map(
    Object.entries(kinds).map(([kind, { contract }]) => {
      const scopes = kind === 'press' ? [] : ['schema:read'];
      return [kind, createPrincipal({ caller: 'person', kind, id: '1', scopes, attributes: {}, contract })];
    }),
  );
  const log: string[] = [];
  const gateway = await createGateway({
    supergraph: { kind: 'sdl', sdl },
    subgraphs: {
      works: { kind: 'in-process', execute: works.execute, subscribe: works.subscribe },
      sums: { kind: 'in-process', execute: sums.execute, subscribe: sums.subscribe },
    },
    logger: pino({ level: 'debug' }, { write: (line: string) => void log.push(line) }),
    identify: ({ authorization }) => principals.get(`${authorization}`) ?? anonymous,
    settings: {
      ...resolveSettings(),
      port: 0,
      kinds,
      planningDeadlineMs: 20_000,
      operationDeadlineMs: 20_000,
      drainDeadlineMs: 1_000,
      ...settings,
    },
  });
  return { gateway, sdl, log, [Symbol.asyncDispose]: () => gateway.close() };
}
