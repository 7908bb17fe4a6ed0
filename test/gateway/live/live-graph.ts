import { GraphQLError } from 'graphql';
import { createClient } from 'graphql-ws';
import { pino } from 'pino';
import { WebSocket } from 'ws';
import { type GatewaySettings, resolveSettings } from '../../../gateway/config.ts';
import { createGateway, type Gateway, type GatewayOptions } from '../../../gateway/server.ts';
import { createSubgraph, type Subgraph } from '../../../subgraphs/shared/create-subgraph.ts';
import { type ServedSubgraph, serveSubgraph } from '../../../subgraphs/shared/serve-subgraph.ts';
import { compose } from '../server/test-graph.ts';
import { Shelf } from './shelf.ts';

const feedDirective = `
  directive @liveFeed(
    resumeArgument: String! = "after"
    cursorField: String! = "cursor"
    audience: String! = "PERSON"
    kindField: String
    changesKind: String! = "CHANGES"
    snapshotKind: String! = "SNAPSHOT"
    conflateList: String
    conflateKey: [String!]
  ) on FIELD_DEFINITION
`;
export const shelfSdl = `
  extend schema
    @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@composeDirective"])
    @link(url: "https://oneshelf.example/live/v1.0", import: ["@liveFeed"])
    @composeDirective(name: "@liveFeed")
  ${feedDirective}
  type Query { position: Int! }
  type Subscription {
    changed(shelf: ID!, after: String): Changed!
      @liveFeed(audience: "EVERYBODY", kindField: "kind", conflateList: "levels", conflateKey: ["item.id"])
    strict(shelf: ID!, after: String): Changed! @liveFeed(kindField: "kind")
    plain: Int!
    refused: Int!
    broken: Int!
  }
  type Changed { cursor: String! kind: Kind! levels: [Level!]! pad: String }
  enum Kind { SNAPSHOT CHANGES HEARTBEAT }
  type Level { version: Int! item: Item! }
  type Item @key(fields: "id") { id: ID! }
`;
export const titlesSdl = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  type Query { hello: String! }
  type Mutation { greet(name: String!): String! }
  type Item @key(fields: "id") { id: ID! title: String! note: String }
`;

export const changedQuery = `subscription Changed($shelf: ID!, $after: String) {
  changed(shelf: $shelf, after: $after) { cursor kind levels { version item { id title } } }
}`;

/** What the gateway signs its calls with. */
const secret = 'a secret that only the two of them know';

interface Context {
  readonly signal: AbortSignal;
}

/** The other subgraph. While it hangs it answers nothing; what waits is answered when it stops to. */
export class Titles {
  requests = 0;
  #gate = Promise.withResolvers<void>();

  constructor() {
    this.#gate.resolve();
  }

  hang(): void {
    this.#gate = Promise.withResolvers();
  }

  answer(): void {
    this.#gate.resolve();
  }

  /** Called with each request. */
  async take(): Promise<void> {
    this.requests++;
    await this.#gate.promise;
  }
}

export interface LiveGraph extends AsyncDisposable {
  readonly gateway: Gateway;
  readonly shelf: Shelf;
  readonly titles: Titles;
  readonly sdl: string;
  /** The same graph with one more field, as another supergraph. */
  readonly changedSdl: string;
  /** Where sockets go. */
  readonly socketUrl: string;
  readonly log: Record<string, unknown>[];
  /** Restarts the feed's subgraph on its port; only over HTTP. */
  restartFeed(): Promise<void>;
  /** The other subgraph's port answers nobody, until it is brought back; only over HTTP. */
  takeTitlesAway(): Promise<void>;
  bringTitlesBack(): Promise<void>;
  metric(name: string): Promise<number>;
}

export interface LiveGraphOptions {
  /** How the gateway reaches its subgraphs. */
  readonly over: 'http' | 'process';
  readonly settings?: Partial<GatewaySettings>;
  readonly shelf?: Shelf;
  /** Characters added to each event of the feed. */
  readonly padding?: number;
}

/** A busy machine plans and connects slowly, which is not what these tests are about. */
const unhurried: Partial<GatewaySettings> = {
  planningDeadlineMs: 20_000,
  socketInitTimeoutMs: 20_000,
  targetOperationMs: 60_000,
  targetTurnMs: 10_000, // its clients are in this process: their turns are not the gateway's load
};

/** A gateway over a feed and the titles of its items, both from memory. Dispose of it when done. */
export async function startLiveGraph({
  over,
  settings,
  shelf = new Shelf(),
  padding = 0,
}: LiveGraphOptions): Promise<LiveGraph> {
  await using opened = new AsyncDisposableStack();
  const titles = new Titles();
  opened.defer(() => titles.answer());
  const feed = createFeed(shelf, padding);
  const catalogue = createTitles(titles);
  const log: Record<string, unknown>[] = [];
  let served: ServedSubgraph | undefined;
  let servedTitles: ServedSubgraph | undefined;
  let urls = { feed: 'http://feed.invalid/graphql', titles: 'http://titles.invalid/graphql' };
  let subgraphs: GatewayOptions['subgraphs'] = {};
  const options = { host: '127.0.0.1', secret, isReady: async () => true };
  if (over === 'http') {
    served = await serveSubgraph(feed, { ...options, port: 0 });
    opened.defer(() => served?.close());
    servedTitles = await serveSubgraph(catalogue, { ...options, port: 0 });
    opened.defer(() => servedTitles?.close());
    urls = { feed: served.url, titles: servedTitles.url };
  } else {
    const inProcess = ({ execute, subscribe }: Subgraph) => ({ kind: 'in-process', execute, subscribe }) as const;
    subgraphs = { feed: inProcess(feed), titles: inProcess(catalogue) };
  }
  const composed = (extra: string): string =>
    compose(
      [
        { name: 'feed', sdl: shelfSdl, url: urls.feed },
        { name: 'titles', sdl: titlesSdl, url: urls.titles },
      ],
      (sdl, name) => (name === 'titles' ? sdl.replace('hello: String!', `hello: String! ${extra}`) : sdl),
    );
  const sdl = composed('');
  const gateway = opened.adopt(
    await createGateway({
      supergraph: { kind: 'sdl', sdl },
      subgraphs,
      logger: pino({ level: 'debug' }, { write: (line: string) => void log.push(JSON.parse(line)) }),
      settings: {
        ...resolveSettings(),
        port: 0,
        drainDeadlineMs: 2_000,
        liveLingerMs: 200,
        subgraphSecret: secret,
        ...unhurried,
        ...settings,
      },
    }),
    (running) => running.close(),
  );
  const resources = opened.move();
  return {
    gateway,
    shelf,
    titles,
    sdl,
    changedSdl: composed('other: Int'),
    socketUrl: gateway.url.replace('http', 'ws'),
    log,
    async restartFeed() {
      if (served === undefined) return;
      const port = Number(new URL(served.url).port);
      await served.close();
      served = await serveSubgraph(feed, { ...options, port });
    },
    async takeTitlesAway() {
      await servedTitles?.close();
    },
    async bringTitlesBack() {
      if (servedTitles === undefined) return;
      servedTitles = await serveSubgraph(catalogue, { ...options, port: Number(new URL(servedTitles.url).port) });
    },
    async metric(name) {
      const text = await (await fetch(new URL('/metrics', gateway.url))).text();
      const line = text.split('\n').find((each) => each.startsWith(`${name} `) || each.startsWith(`${name}{`));
      return line === undefined ? 0 : Number(line.slice(line.lastIndexOf(' ')));
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}

/** The feed's subgraph. */
export function createFeed(shelf: Shelf, padding: number): Subgraph {
  const watch = {
    async *subscribe(_root: unknown, { after }: { after?: string | null }, { signal }: Context) {
      for await (const event of shelf.watch(after, signal)) yield { event };
    },
    resolve: ({ event }: { event: object }) => event,
  };
  return createSubgraph<Context>({
    name: 'feed',
    sdl: shelfSdl,
    resolvers: {
      Query: { position: () => shelf.position },
      Changed: { pad: () => 'x'.repeat(padding) },
      Subscription: {
        changed: watch,
        strict: watch,
        plain: {
          async *subscribe() {
            for (let plain = 1; plain <= 3; plain++) yield { plain };
          },
        },
        refused: {
          subscribe() {
            throw new Error('secret: postgres://root@db.internal/');
          },
        },
        broken: {
          async *subscribe() {
            yield { broken: 1 };
            throw new Error('secret: postgres://root@db.internal/');
          },
        },
      },
    },
    createContext: ({ signal }) => ({ signal }),
    onInternalError: () => undefined,
  });
}

/** The subgraph of titles and notes. */
export function createTitles(titles: Titles): Subgraph {
  const subgraph = createSubgraph<object>({
    name: 'titles',
    sdl: titlesSdl,
    resolvers: {
      Query: { hello: () => 'world' },
      Mutation: { greet: (_root: unknown, { name }: { name: string }) => `hello ${name}` },
      Item: { title: ({ id }: { id: string }) => titleOf(id), note: ({ id }: { id: string }) => `Note on ${id}` },
    },
    createContext: () => ({}),
    onInternalError: () => undefined,
  });
  const execute: Subgraph['execute'] = async (request) => {
    await titles.take();
    return subgraph.execute(request);
  };
  return { ...subgraph, execute };
}

function titleOf(id: string): string {
  if (id === 'secret') throw new GraphQLError('You may not know.', { extensions: { code: 'FORBIDDEN' } });
  if (id === 'broken') throw new Error('secret: postgres://root@db.internal/');
  return `Title of ${id}`;
}

export interface ChangedEvent {
  readonly cursor: string;
  readonly kind: string;
  readonly levels: readonly {
    readonly version: number;
    readonly item: { readonly id: string; readonly title: string };
  }[];
}

/** A stock graphql-ws client that keeps what it got. */
export function follow(url: string, after?: string) {
  const events: ChangedEvent[] = [];
  const closes: number[] = [];
  const errors: unknown[] = [];
  const client = createClient({
    url,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    lazy: true,
    on: { closed: (event) => void closes.push((event as { code: number }).code) },
  });
  const stop = client.subscribe<{ changed: ChangedEvent }>(
    { query: changedQuery, variables: { shelf: 'a', after: after ?? null } },
    {
      next: ({ data }) => void (data && events.push(data.changed)),
      error: (error) => void errors.push(error),
      complete: () => undefined,
    },
  );
  return {
    events,
    closes,
    errors,
    async stop() {
      stop();
      await client.dispose();
    },
  };
}
