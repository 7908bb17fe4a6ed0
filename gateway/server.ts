import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from 'pino';
import { type GatewaySettings, resolveSettings } from './config.ts';
import { type Budgets, createBudgets } from './cost/budgets.ts';
import { createDemandControl } from './cost/demand-control.ts';
import { type BudgetStore, shareBudgets } from './cost/shared-budgets.ts';
import { openDocuments } from './documents/open-documents.ts';
import { createSharedExecutions } from './execution/share-executions.ts';
import { createIdentity, type Identity } from './identity/create-identity.ts';
import type { CredentialStore } from './identity/credential-store.ts';
import { forwardHeaders } from './identity/forward-headers.ts';
import { anonymous, type Identify } from './identity/principal.ts';
import { createLiveOperations } from './live/live-operations.ts';
import { type LiveParts, openLiveOperation } from './live-pipeline.ts';
import { offerSupergraph, openSupergraph, watchSupergraph } from './open-supergraph.ts';
import { createOverload } from './overload/overload.ts';
import { defaultPriorities } from './overload/priority-settings.ts';
import type { Policy } from './planning/access-key.ts';
import { listRootFields } from './planning/list-root-fields.ts';
import { createPlanCache } from './planning/plan-cache.ts';
import type { OnPlannerDeath } from './planning/planner.ts';
import { createPlanningThread } from './planning/planning-thread.ts';
import { judge, listRefusals, planAhead, runOperation } from './request-pipeline.ts';
import type { SubgraphTarget } from './subgraph-client/subgraph-client.ts';
import { viewFor } from './supergraph/supergraph.ts';
import { createAuditLog } from './telemetry/audit-log.ts';
import { createLogger } from './telemetry/logger.ts';
import { createMetrics, measureProcess } from './telemetry/metrics.ts';
import { createLiveObserver } from './telemetry/observe-live.ts';
import { createOperationObserver } from './telemetry/observe-operations.ts';
import { createOverloadLog } from './telemetry/overload-log.ts';
import { createTracing, passOnTraces, type Tracing } from './telemetry/tracing.ts';
import type { LocalTexts } from './transport/local-texts.ts';
import { openTransport } from './transport/open-transport.ts';
import type { Pages } from './transport/page-routes.ts';

export interface GatewayOptions {
  readonly supergraph:
    | { readonly kind: 'file'; readonly path: string }
    | { readonly kind: 'sdl'; readonly sdl: string };
  /** By the supergraph's names; wins over the settings and the supergraph. */
  readonly subgraphs?: Readonly<Record<string, SubgraphTarget>>;
  /** What is not given has its default; the environment is not read here (see readSettings). */
  readonly settings?: Partial<GatewaySettings>;
  /**
   * Who is calling (contracts must be named in the setting `kinds`), instead of the settings' `issuers` and the credentials. Without any of the three everybody is anonymous, and a proof of
   * identity is not looked at: `forwardHeaders` may pass it on.
   */
  readonly identify?: Identify;
  /** What `@policy` in the schema may name; one that is not here refuses. */
  readonly policies?: Readonly<Record<string, Policy>>;
  /** Where API keys and device tokens are. Needs the setting `credentialKey`. */
  readonly credentials?: CredentialStore;
  /** Where several gateways add up what callers spend in a minute; each counts by itself without it. */
  readonly budgets?: BudgetStore;
  readonly pages?: Pages;
  /** What these pages may read, on this machine only. */
  readonly localTexts?: LocalTexts;
  readonly logger?: Logger;
}

/** What a gateway is doing; it only moves downwards. */
export type GatewayPhase =
  | { readonly name: 'running' }
  | { readonly name: 'draining'; readonly done: Promise<void> }
  | { readonly name: 'closed' };

export interface Gateway {
  /** Of the endpoint, such as http://127.0.0.1:4000/graphql */
  readonly url: string;
  readonly port: number;
  readonly phase: GatewayPhase['name'];
  readonly supergraphId: string;
  /** Swaps to another supergraph. Throws SUPERGRAPH_INVALID and keeps the old one. */
  offer(sdl: string): Promise<{ readonly id: string }>;
  /** Drains, then closes everything in reverse order. Safe to call twice: both calls end together. */
  close(): Promise<void>;
}

/** Opens a gateway over a supergraph. Throws when the supergraph is broken or the port is taken; a missing subgraph is no reason. */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const settings: GatewaySettings = { ...resolveSettings(), ...options.settings };
  const logger = options.logger ?? createLogger(settings.logLevel);
  await using opened = new AsyncDisposableStack();
  const metrics = createMetrics();
  const audit = createAuditLog(logger);
  const tracing = opened.adopt(await openTracing(settings), (tracer) => tracer.close());
  const plans = createPlanCache(settings.planCacheBytes);
  const onPlannerDeath: OnPlannerDeath = (planner, how) => {
    metrics.plannerDeaths.inc({ planner });
    logger.warn({ planner, how }, 'A query planner died of an operation; the others it had are planned all the same');
  };
  const thread = opened.adopt(createPlanningThread(onPlannerDeath), (planningThread) => planningThread.close());
  const supergraphs = opened.adopt(
    await openSupergraph(options, { settings, logger, metrics, tracing, plans, thread, onPlannerDeath }),
    (holder) => holder.close(),
  );
  const { offeredSdl } = supergraphs.current.supergraph;
  const live = opened.adopt(
    createLiveOperations(
      {
        ringBytes: settings.liveRingBytes,
        totalRingBytes: settings.liveTotalRingBytes,
        ringAgeMs: settings.liveRingAgeMs,
        lingerMs: settings.liveLingerMs,
        maxUpstreams: settings.liveMaxUpstreams,
        firstEventMs: settings.liveFirstEventMs,
        enrichDeadlineMs: settings.operationDeadlineMs,
        enrichPatienceMs: settings.liveEnrichPatienceMs,
        sharing: settings.sharing,
      },
      createLiveObserver(metrics, logger, tracing),
    ),
    (operations) => operations.close(),
  );
  opened.defer(
    supergraphs.subscribe(() => {
      live.replanAll().catch((err: unknown) => logger.error({ err }, 'Live operations were not planned anew'));
    }),
  );
  const parts: LiveParts = {
    supergraphs,
    live,
    plans,
    thread,
    sharing: settings.sharing,
    executions: createSharedExecutions(() => metrics.operationsShared.inc()),
    planningDeadlineMs: settings.planningDeadlineMs,
    demand: createDemandControl({
      mode: settings.cost,
      defaultListSize: settings.costListSize,
      isTold: settings.costExtension,
      limitOf: (caller) => settings.limits[caller].cost,
      budgets: openBudgets(options.budgets, settings, logger),
      onEstimated: (cost) => metrics.costEstimated.observe(cost),
      onCounted: (cost) => metrics.costActual.observe(cost),
    }),
    policies: options.policies ?? {},
    isAllOrNothing: settings.accessMode === 'reject',
    onRefused: ({ operationName, form, caller: { principal, requestId } }, refusals) => {
      const operation = form?.operationName ?? operationName;
      audit.refusedOperation({ kind: principal.kind, id: principal.id, operation, requestId, refusals });
    },
    onChanged: ({ document, operationName, caller: { principal, requestId } }, errorCodes) => {
      const fields = listRootFields(document, operationName);
      audit.done({ kind: principal.kind, id: principal.id, operation: operationName, fields, requestId, errorCodes });
    },
    onPlanned: (durationMs, isPlanned) => {
      metrics.planSeconds.observe(durationMs / 1_000);
      if (!isPlanned) metrics.planFailures.inc();
    },
  };
  const identity = opened.adopt(await openIdentity(options, settings, logger), (known) => known?.close());
  const documents = opened.use(
    await openDocuments({
      mode: settings.documentMode,
      manifestPath: settings.documentManifest,
      learnedPath: settings.learnedDocuments,
      watchIntervalMs: settings.watchIntervalMs,
      onCounted: (outcome) => metrics.documents.inc({ outcome }),
      logger,
    }),
  );
  const priorities = settings.priorities ?? defaultPriorities;
  const tellOverload = createOverloadLog(logger, () => overload);
  const overload = opened.adopt(
    createOverload({
      priorities,
      maxRunning: settings.maxRunningOperations,
      targetTurnMs: settings.targetTurnMs,
      targetOperationMs: settings.targetOperationMs,
      onRefused(count) {
        metrics.refusals.inc({ code: 'OVERLOADED' }, count);
        tellOverload(count);
      },
    }),
    (places) => places.close(),
  );
  let phase: GatewayPhase = { name: 'running' };
  const offer = (sdl: string) => offerSupergraph(supergraphs, sdl, metrics, logger);
  const transport = opened.adopt(
    await openTransport({
      settings,
      logger,
      pages: options.pages ?? {},
      localTexts: options.localTexts ?? {},
      identify: forwardHeaders(settings.forwardHeaders, options.identify ?? identity?.identify),
      recall: options.identify === undefined ? (identity?.recall ?? (() => anonymous)) : undefined,
      overload,
      observer: createOperationObserver(metrics, tracing, logger),
      schemas: supergraphs,
      judge: (schema, text, signal, asker) => judge(schema, text, signal, parts, asker),
      documents,
      onRead: (way) => metrics.documentsRead.inc({ way }),
      plan: (operation) => planAhead(operation, parts),
      run: (operation) => runOperation(operation, parts),
      openLive: (operation, resumeFrom, sink) => openLiveOperation(operation, resumeFrom, sink, parts),
      audit,
      listRefusals: (operation) => listRefusals(operation, parts),
      offer,
      readSchema: (contract) => viewFor(supergraphs.current.supergraph, contract).apiSchema,
      readHealth: () => ({
        phase: phase.name,
        isReady: phase.name === 'running',
        supergraphId: supergraphs.current.supergraph.id,
      }),
      metrics: { contentType: metrics.registry.contentType, render: () => metrics.registry.metrics() },
    }),
    (opening) => opening.close(),
  );
  opened.defer(
    measureProcess(metrics, {
      planCache: () => plans.statistics,
      waitingDocuments: () => thread.waiting,
      planningThreadRestarts: () => thread.restarts,
      documentCacheBytes: () => transport.documentCacheBytes,
      places: () => overload,
      priorities: priorities.map(({ name }) => name),
      openConnections: () => transport.openConnections,
      openSockets: () => transport.openSockets,
      live: () => live.statistics,
    }),
  );
  if (options.supergraph.kind === 'file' && settings.watch) {
    opened.defer(watchSupergraph(options.supergraph.path, offeredSdl, settings.watchIntervalMs, offer, logger));
  }
  const resources = opened.move();
  logger.info({ url: transport.url, supergraph: supergraphs.current.supergraph.id }, 'The gateway is ready');

  const close = async (): Promise<void> => {
    if (settings.drainDelayMs > 0) await wait(settings.drainDelayMs);
    await transport.drain(settings.drainDeadlineMs);
    await resources.disposeAsync();
    phase = { name: 'closed' };
    logger.info('The gateway is closed');
  };
  return {
    url: transport.url,
    port: transport.port,
    get phase() {
      return phase.name;
    },
    get supergraphId() {
      return supergraphs.current.supergraph.id;
    },
    offer,
    close() {
      if (phase.name === 'running') phase = { name: 'draining', done: close() };
      return phase.name === 'draining' ? phase.done : Promise.resolve();
    },
  };
}

/** Undefined when the settings name nobody who could be believed. */
async function openIdentity(
  { identify, credentials: store }: GatewayOptions,
  { issuers, kinds, credentialKey: serverKey }: GatewaySettings,
  logger: Logger,
): Promise<Identity | undefined> {
  if (identify !== undefined || (issuers.length === 0 && store === undefined)) return undefined;
  if (store !== undefined && serverKey === undefined) {
    throw new Error('API keys need the setting credentialKey (GATEWAY_CREDENTIAL_KEY).');
  }
  const credentials = store === undefined || serverKey === undefined ? undefined : { store, serverKey };
  const onPollFailed = (err: unknown): void =>
    logger.warn({ err }, 'Revocations could not be read; they are asked for again');
  return await createIdentity({ issuers, kinds, credentials, onPollFailed });
}

function openBudgets(store: BudgetStore | undefined, { limits }: GatewaySettings, logger: Logger): Budgets {
  const perMinuteOf = (caller: keyof typeof limits): number => limits[caller].costPerMinute;
  const local = createBudgets(perMinuteOf);
  if (store === undefined) return local;
  const onAway = (err: unknown): void =>
    logger.warn({ err }, 'The shared budgets cannot be reached; each gateway counts by itself');
  return shareBudgets({ local, store, perMinuteOf, onAway });
}

async function openTracing({ otlpEndpoint, traceRatio }: GatewaySettings): Promise<Tracing> {
  return otlpEndpoint === undefined ? passOnTraces : await createTracing({ endpoint: otlpEndpoint, ratio: traceRatio });
}
