import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import type { GatewaySettings } from '../config.ts';
import type { Documents } from '../documents/open-documents.ts';
import { limitAttempts } from '../identity/limit-attempts.ts';
import { anonymous, createPrincipal, type Identify, type Principal, type Recall } from '../identity/principal.ts';
import type { Overload } from '../overload/overload.ts';
import { defaultPriorities } from '../overload/priority-settings.ts';
import type { OperationObserver } from '../telemetry/observe-operations.ts';
import { type AdminRoutesOptions, addAdminRoutes } from './admin-routes.ts';
import { type AdmissionRules, createAdmitter } from './admit-request.ts';
import { startApolloServer } from './apollo-server.ts';
import { createClientAddress } from './client-address.ts';
import { trackConnections } from './connections.ts';
import { createDocumentReader, type Judge, type ReadingWay } from './document-reader.ts';
import { createShapeReader } from './document-shape.ts';
import { addFrontGate } from './front-gate.ts';
import { addFrontHeaders } from './front-headers.ts';
import type { RunOperation, SchemaFeed } from './gateway-adapter.ts';
import { addGraphqlRoute } from './graphql-route.ts';
import { addHealthRoutes, type Health } from './health-routes.ts';
import { addHotRoute } from './hot-route.ts';
import { createHttpServer } from './http-server.ts';
import { createKnownOperations } from './known-operations.ts';
import { addLocalTexts, type LocalTexts } from './local-texts.ts';
import { addMetricsRoute } from './metrics-route.ts';
import { createOpenStreams } from './open-streams.ts';
import { createOperationPlaces } from './operation-places.ts';
import { clientNameHeaders, createOperationPriority } from './operation-priority.ts';
import { addPageRoutes, type Pages } from './page-routes.ts';
import { createPingWheel } from './ping-wheel.ts';
import { createOperationReader } from './read-operation.ts';
import { createRequestGuard } from './request-guard.ts';
import { addSseRoute, streamUrl } from './sse-route.ts';
import type { OpenLive, StreamRules } from './stream-rules.ts';
import { type WarmingParts, warmDocuments } from './warm-documents.ts';
import { serveWebSockets } from './websocket-server.ts';

export interface TransportOptions {
  readonly settings: GatewaySettings;
  readonly logger: Logger;
  readonly pages: Pages;
  readonly localTexts: LocalTexts;
  readonly identify: Identify;
  readonly recall: Recall | undefined;
  readonly overload: Overload;
  readonly observer: OperationObserver;
  readonly audit: AdmissionRules['audit'] & AdminRoutesOptions['audit'];
  readonly schemas: SchemaFeed;
  readonly judge: Judge;
  readonly documents: Documents;
  readonly onRead: (how: ReadingWay) => void;
  /** Makes an operation's plan before it is asked for. */
  readonly plan: WarmingParts['plan'];
  readonly run: RunOperation;
  readonly openLive: OpenLive;
  readonly listRefusals: StreamRules['listRefusals'];
  /** The schema in service, as the callers of a contract see it; undefined is everybody else. */
  readonly readSchema: (contract: string | undefined) => GraphQLSchema;
  readonly offer: (sdl: string) => Promise<{ readonly id: string }>;
  readonly readHealth: () => Health;
  readonly metrics: { readonly contentType: string; readonly render: () => Promise<string> };
}

/** What clients reach. */
export interface Transport {
  readonly url: string;
  readonly port: number;
  readonly documentCacheBytes: number;
  readonly openConnections: number;
  /** WebSockets and event streams. */
  readonly openSockets: number;
  /** Stops listening and lets every accepted request end, at most until the deadline. */
  drain(deadlineMs: number): Promise<void>;
  close(): Promise<void>;
}

/** Opens the HTTP server with all its routes. Throws when the port is taken. Drain it, then close it. */
export async function openTransport(options: TransportOptions): Promise<Transport> {
  const { settings, logger } = options;
  await using opened = new AsyncDisposableStack();
  const all = Object.values(settings.limits);
  const readShape = createShapeReader(Math.max(...all.map(({ tokens }) => tokens)));
  // One bound for both: what is asked often stands in both, and is one document.
  const documents = createDocumentReader({
    judge: options.judge,
    readShape,
    maxBytes: (settings.documentCacheBytes * 3) / 4,
    onValid: options.documents.learn,
    onRead: options.onRead,
  });
  const known = createKnownOperations(settings.documentCacheBytes / 4);
  const apollo = opened.adopt(
    await startApolloServer({ ...options, documents, known, csrfHeaders: settings.csrfHeaders }),
    (server) => server.stop(),
  );
  const maxBodyBytes = Math.max(...all.map(({ bodyBytes }) => bodyBytes));
  // Read before it is known who asks, so that what a system may send is not for everybody.
  const { system: _system, ...others } = settings.limits;
  const maxUnknownBytes = Math.max(...Object.values(others).map(({ bodyBytes }) => bodyBytes));
  const priority = createOperationPriority(settings.priorities ?? defaultPriorities, settings.kinds);
  const { overload, recall } = options;
  const places = createOperationPlaces(overload, priority, recall, options.documents.trust);
  const rules: AdmissionRules = {
    identify: limitAttempts(options.identify, settings.wrongProofsPerMinute),
    addressOf: createClientAddress(settings.trustedProxies),
    limitsOf: createLimitsOf(settings),
    schemaFor: ({ contract }) => options.readSchema(contract),
    guard: createRequestGuard(readShape),
    observer: options.observer,
    audit: options.audit,
    operationDeadlineMs: settings.operationDeadlineMs,
    places,
  };
  const admitter = createAdmitter(rules);
  const streams = createOpenStreams();
  const streamRules: StreamRules = {
    ...rules,
    streams,
    read: createOperationReader(documents),
    trust: options.documents.trust,
    run: options.run,
    openLive: options.openLive,
    listRefusals: options.listRefusals,
    allowedOrigins: settings.allowedOrigins,
  };
  const app = opened.adopt(
    createHttpServer({
      ...settings,
      logger,
      maxBodyBytes: maxUnknownBytes,
      rewriteUrl: (request) => streamUrl(request, settings.graphqlPath),
    }),
    (server) => server.close(),
  );
  const connections = trackConnections(app);
  const { trust } = options.documents;
  const answers = { known, trust, run: options.run };
  addGraphqlRoute(app, { path: settings.graphqlPath, apollo, admitter, maxBodyBytes, answers });
  const { graphqlPath: path, maxHeaders } = settings;
  addHotRoute(app.server, { path, maxHeaders, admitter, answers, documents, connections, logger });
  addFrontGate(app.server, {
    path,
    overload,
    places,
    priority,
    connections,
    recall,
    identify: options.identify,
    trust,
  });
  const { allowedOrigins, csrfHeaders, hstsSeconds } = settings;
  const allowedHeaders = [...pageHeaders, ...clientNameHeaders, ...csrfHeaders];
  addFrontHeaders(app.server, { path, allowedOrigins, allowedHeaders, hstsSeconds });
  const pings = opened.adopt(createPingWheel(settings.socketPingMs), (wheel) => wheel.close());
  const webSockets = serveWebSockets(app.server, streamRules, {
    path: settings.graphqlPath,
    maxMessageBytes: settings.socketMessageBytes,
    initTimeoutMs: settings.socketInitTimeoutMs,
    pings,
    logger,
  });
  const eventStreams = addSseRoute(app, streamRules, {
    path: settings.graphqlPath,
    maxBodyBytes: maxUnknownBytes,
    pings,
  });
  addHealthRoutes(app, options.readHealth);
  const { audit } = options;
  if (settings.adminToken !== undefined)
    addAdminRoutes(app, { token: settings.adminToken, audit, offer: options.offer });
  if (settings.metrics === 'open') addMetricsRoute(app, { ...options.metrics, token: undefined, audit });
  if (settings.metrics === 'admin' && settings.adminToken !== undefined) {
    addMetricsRoute(app, { ...options.metrics, token: settings.adminToken, audit });
  }
  addLocalTexts(app, options.localTexts);
  addPageRoutes(app, options.pages);
  opened.adopt(
    await keepWarm(options, { ...options, documents, known, principals: listPrincipals(settings) }),
    (stop) => stop(),
  );
  await app.listen({ host: settings.host, port: settings.port });
  const resources = opened.move();
  const port = portOf(app);
  return {
    url: `http://${reachableHost(settings.host)}:${port}${settings.graphqlPath}`,
    port,
    get documentCacheBytes() {
      return documents.bytes + known.bytes;
    },
    get openConnections() {
      return connections.open;
    },
    get openSockets() {
      return streams.open;
    },
    async drain(deadlineMs) {
      eventStreams.drain();
      await webSockets.drain();
      await connections.drain(deadlineMs);
    },
    close: () => resources.disposeAsync(),
  };
}

/** What a page of another origin sends with an operation. */
const pageHeaders = ['accept', 'authorization', 'content-type', 'last-event-id', 'traceparent', 'x-request-id'];

/** Warms the known documents now, and again for each manifest and each supergraph that comes. Returns what ends it. */
async function keepWarm(
  { documents, schemas, logger }: Pick<TransportOptions, 'documents' | 'schemas' | 'logger'>,
  parts: WarmingParts,
): Promise<() => Promise<void>> {
  const stopping = new AbortController();
  let turn = Promise.resolve();
  const warm = (texts: Iterable<string>): Promise<void> => {
    turn = turn
      .then(() => warmDocuments(texts, stopping.signal, parts))
      .catch((err: unknown) => {
        if (!stopping.signal.aborted) logger.error({ err }, 'Known documents could not be warmed');
      });
    return turn;
  };
  documents.onManifest = warm;
  const unsubscribe = schemas.subscribe(() => void warm(documents.trust.manifest.texts));
  await turn;
  return async () => {
    unsubscribe();
    stopping.abort();
    await turn;
  };
}

/** Nobody, and one of each kind that sees more of the graph, or another part of it. */
function listPrincipals({ kinds }: GatewaySettings): readonly Principal[] {
  const known = Object.entries(kinds).map(([kind, { limits, grants, contract }]) =>
    createPrincipal({ caller: limits, kind, id: '', scopes: grants, attributes: {}, contract }),
  );
  return [anonymous, ...known];
}

/** The row of a caller's class; with the scope for it, the schema may be read where others may not. */
function createLimitsOf({ limits, introspectionScope }: GatewaySettings): AdmissionRules['limitsOf'] {
  const readers = new Map(
    Object.entries(limits).map(([row, each]) => [row, { ...each, isIntrospectionAllowed: true }]),
  );
  return ({ caller, scopes }) => {
    const own = limits[caller];
    return own.isIntrospectionAllowed || !scopes.has(introspectionScope) ? own : (readers.get(caller) ?? own);
  };
}

function portOf(app: FastifyInstance): number {
  return (app.server.address() as AddressInfo).port;
}

/** An address that listens everywhere is not one that can be called. */
function reachableHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}
