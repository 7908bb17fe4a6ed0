import { setTimeout as wait } from 'node:timers/promises';
import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { pino } from 'pino';
import { type GatewaySettings, resolveSettings } from '../../../gateway/config.ts';
import { createGateway, type Gateway, type GatewayOptions } from '../../../gateway/server.ts';
import { startSubgraph, type TestSubgraph } from './start-subgraph.ts';

const link = (imports: string): string =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [${imports}])`;

const users = ['Ada', 'Grace', 'Edsger'].map((name, index) => ({ id: String(index + 1), name }));

export const accountsSdl = `
  ${link('"@key", "@listSize"')}
  type Query {
    me: User  users: [User!]!  page(first: Int = 10): [User!]! @listSize(slicingArguments: ["first"])
    slow(ms: Int!): String  echo(text: String, list: [Int!], role: Role): String
  }
  type Mutation { rename(id: ID!, name: String!): User }
  type Subscription { renamed: User }
  enum Role { READER WRITER }
  type User @key(fields: "id") { id: ID!  name: String!  friends: [User!]! }
`;
export const reviewsSdl = `
  ${link('"@key"')}
  type Query { reviews: [Review!]!  crash: String }
  type Review @key(fields: "id") { id: ID!  body: String!  author: User! }
  type User @key(fields: "id") { id: ID!  reviews: [Review!]! }
`;

/** Two subgraphs with an entity between them. */
export async function startAccounts(): Promise<TestSubgraph> {
  return await startSubgraph('accounts', accountsSdl, {
    Query: {
      me: () => users[0],
      users: () => users,
      page: (_: unknown, { first }: { first: number }) => users.slice(0, first),
      slow: async (_: unknown, { ms }: { ms: number }) => {
        await wait(ms);
        return 'done';
      },
      echo: (_: unknown, { text }: { text?: string }) => text,
    },
    Mutation: { rename: (_: unknown, { id, name }: { id: string; name: string }) => ({ id, name }) },
    User: {
      __resolveReference: ({ id }: { id: string }) => users.find((user) => user.id === id),
      friends: ({ id }: { id: string }) => users.filter((user) => user.id !== id),
    },
  });
}

export async function startReviews(): Promise<TestSubgraph> {
  const all = users.map(({ id }) => ({ id: `r${id}`, body: `Review of ${id}`, author: { __typename: 'User', id } }));
  return await startSubgraph('reviews', reviewsSdl, {
    Query: {
      reviews: () => all,
      crash: () => {
        throw new Error('secret: postgres://root@db.internal/');
      },
    },
    User: { reviews: ({ id }: { id: string }) => all.filter(({ author }) => author.id === id) },
  });
}

/** Composes the supergraph of some subgraphs; `change` edits their SDL first. */
export function compose(
  subgraphs: readonly { readonly name: string; readonly sdl: string; readonly url: string }[],
  change: (sdl: string, name: string) => string = (sdl) => sdl,
): string {
  const result = composeServices(
    subgraphs.map(({ name, sdl, url }) => ({ name, url, typeDefs: parse(change(sdl, name)) })),
  );
  if (!('supergraphSdl' in result) || result.supergraphSdl === undefined) {
    throw new Error(`The test's subgraphs do not compose: ${JSON.stringify(result.errors)}`);
  }
  return result.supergraphSdl;
}

export interface TestGraph extends AsyncDisposable {
  readonly gateway: Gateway;
  readonly accounts: TestSubgraph;
  readonly reviews: TestSubgraph;
  /** The gateway's log, one object a line. */
  readonly log: Record<string, unknown>[];
  readonly sdl: string;
}

/** A gateway over both subgraphs, on a free port, with its log kept. Dispose of it when done. */
export async function startTestGraph(
  settings: Partial<GatewaySettings> = {},
  options: Partial<GatewayOptions> = {},
): Promise<TestGraph> {
  await using opened = new AsyncDisposableStack();
  const accounts = opened.use(await startAccounts());
  const reviews = opened.use(await startReviews());
  const sdl = compose([accounts, reviews]);
  const log: Record<string, unknown>[] = [];
  const logger = pino({ level: 'debug' }, { write: (line: string) => void log.push(JSON.parse(line)) });
  const gateway = opened.adopt(
    await createGateway({
      supergraph: { kind: 'sdl', sdl },
      logger,
      ...options,
      // The graph says what a page costs; most tests compare whole answers.
      settings: {
        ...resolveSettings(),
        port: 0,
        drainDeadlineMs: 2_000,
        costExtension: false,
        targetOperationMs: 60_000,
        ...settings,
      },
    }),
    (running) => running.close(),
  );
  const resources = opened.move();
  return { gateway, accounts, reviews, log, sdl, [Symbol.asyncDispose]: () => resources.disposeAsync() };
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: {
    readonly data?: Record<string, unknown> | null;
    readonly errors?: readonly {
      readonly message: string;
      readonly path?: unknown;
      readonly extensions: Record<string, unknown>;
    }[];
  };
}

/** Posts a GraphQL request. */
export async function post(
  url: string,
  request: { readonly query?: unknown; readonly variables?: unknown; readonly operationName?: unknown } | string,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof request === 'string' ? request : JSON.stringify(request),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: JSON.parse(text) };
}
