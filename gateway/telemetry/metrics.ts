import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** How an operation ended: with all its data, with errors beside data, refused before execution, without data, or without a client. */
export type OperationOutcome = 'ok' | 'partial' | 'refused' | 'failed' | 'cancelled';

/** Sizes that are read when somebody asks, instead of being reported at every change. */
export interface MeasuredSizes {
  readonly planCache: () => {
    readonly bytes: number;
    readonly plans: number;
    readonly hits: number;
    readonly misses: number;
  };
  readonly documentCacheBytes: () => number;
  /** New documents that wait to be read or planned. */
  readonly waitingDocuments: () => number;
  readonly planningThreadRestarts: () => number;
  /** Operations that run, wait and were refused; the latter two by class. */
  readonly places: () => {
    readonly limit: number;
    readonly running: number;
    readonly waiting: readonly number[];
    readonly refused: readonly number[];
  };
  /** The classes' names. */
  readonly priorities: readonly string[];
  readonly openConnections: () => number;
  readonly openSockets: () => number;
  readonly live: () => {
    readonly operations: number;
    readonly members: number;
    readonly upstreams: number;
    readonly ringBytes: number;
    readonly newestEventAgeMs: number;
  };
}

const costBuckets = [1, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000];
const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/**
 * The gateway's numbers, in a registry of their own so that several gateways can live in one process. No label takes a value
 * that a client chooses: the number of series is bounded by the supergraph and the catalogue of errors.
 */
export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  const counter = <Label extends string>(name: string, help: string, labelNames: readonly Label[] = []) =>
    new Counter({ name, help, labelNames: [...labelNames], registers });
  const histogram = <Label extends string>(name: string, help: string, labelNames: readonly Label[] = []) =>
    new Histogram({ name, help, labelNames: [...labelNames], buckets: seconds, registers });

  const costs = (name: string, help: string) => new Histogram({ name, help, buckets: costBuckets, registers });
  const gauge = <Label extends string>(name: string, help: string, labelNames: readonly Label[] = []) =>
    new Gauge({ name, help, labelNames: [...labelNames], registers });

  return {
    registry,
    operations: counter('gateway_operations_total', 'Operations by type and outcome', ['type', 'outcome']),
    operationsShared: counter('gateway_operations_shared_total', 'Queries answered by an equal one that was running'),
    operationSeconds: histogram('gateway_operation_duration_seconds', 'From accepted to serialised', ['type']),
    costEstimated: costs('gateway_operation_cost_estimated', 'Cost of operations before they run, where it is counted'),
    costActual: costs('gateway_operation_cost_actual', 'What their answers came to'),
    refusals: counter('gateway_refusals_total', 'Requests that were not executed, by code', ['code']),
    documents: counter('gateway_trusted_documents_total', 'Requests by document: known, unknown and run, refused', [
      'outcome',
    ]),
    documentsRead: counter(
      'gateway_documents_read_total',
      'Documents that were not known: recognised by their shape, read in common form, read as they are, refused',
      ['way'],
    ),
    plannerDeaths: counter('gateway_planner_deaths_total', "How often a planner's process has died", ['planner']),
    planFailures: counter('gateway_plan_failures_total', 'Documents that could not be planned'),
    planSeconds: histogram('gateway_plan_duration_seconds', 'Planning and compiling, without hits'),
    subgraphRequests: counter('gateway_subgraph_requests_total', 'Calls by outcome', ['subgraph', 'outcome']),
    subgraphSeconds: histogram('gateway_subgraph_duration_seconds', 'From sent to read', ['subgraph']),
    subgraphShared: counter('gateway_subgraph_shared_total', 'Calls saved because the same was in flight', [
      'subgraph',
    ]),
    subgraphRetries: counter('gateway_subgraph_retries_total', 'Second attempts of queries', ['subgraph']),
    breaker: gauge('gateway_subgraph_breaker_state', '0 closed, 1 half open, 2 open', ['subgraph']),
    liveUpstreams: counter('gateway_live_upstreams_total', 'Upstreams of live operations begun'),
    liveUpstreamBreaks: counter('gateway_live_upstream_breaks_total', 'Upstreams taken up again from their cursor'),
    liveEnrichments: counter('gateway_live_enrichments_total', 'Events enriched and written, once for all clients'),
    liveEnrichmentRetries: counter(
      'gateway_live_enrichment_retries_total',
      'Tries to enrich an event that failed for a reason that passes',
    ),
    liveIncomplete: counter(
      'gateway_live_incomplete_total',
      'Events that went out with nulls, a subgraph being away for too long',
    ),
    liveSentBack: counter(
      'gateway_live_sent_back_total',
      'Clients sent back to their cursor, a subgraph being away for too long',
    ),
    liveDeliveries: counter('gateway_live_deliveries_total', 'Events sent to clients'),
    liveConflations: counter('gateway_live_conflations_total', 'Backlogs sent to slow clients as one event'),
    liveTooSlow: counter('gateway_live_too_slow_total', 'Clients sent away because they did not keep up'),
    liveAttached: counter(
      'gateway_live_attached_total',
      'Clients by where their start came from (memory, upstream) and what it was (cursor, snapshot)',
      ['from', 'start'],
    ),
    swaps: counter('gateway_supergraph_swaps_total', 'Offered supergraphs: swapped, unchanged, refused', ['outcome']),
    supergraph: gauge('gateway_supergraph_info', 'The supergraph in service', ['id']),
  };
}

export type Metrics = ReturnType<typeof createMetrics>;

function measurePlaces(registry: Registry, { places, priorities }: MeasuredSizes): void {
  const registers = [registry];
  new Gauge({
    name: 'gateway_operations_limit',
    help: 'Operations that may run at the same time, as learned',
    registers,
    collect() {
      this.set(places().limit);
    },
  });
  new Gauge({
    name: 'gateway_operations_waiting',
    help: 'Operations that wait for a place, by class',
    labelNames: ['priority'],
    registers,
    collect() {
      for (const [index, count] of places().waiting.entries()) this.set({ priority: priorities[index] ?? '' }, count);
    },
  });
  new Counter({
    name: 'gateway_overload_refusals_total',
    help: 'Operations refused for want of a place, by class',
    labelNames: ['priority'],
    registers,
    collect() {
      this.reset();
      for (const [index, count] of places().refused.entries()) this.inc({ priority: priorities[index] ?? '' }, count);
    },
  });
}

/** A look at the event loop's lag each 10 ms was 5 ms of CPU a second, each 50 ms still most of what a quiet gateway woke up for. */
const lagEveryMs = 500;

/** Adds the sizes and the process's own state to the registry. Returns what stops the event loop's watch. */
export function measureProcess(metrics: Metrics, sizes: MeasuredSizes): () => void {
  const delay = monitorEventLoopDelay({ resolution: lagEveryMs });
  delay.enable();
  const registers = [metrics.registry];
  const gauge = (name: string, help: string, read: () => number): void => {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  };
  gauge('gateway_plan_cache_bytes', 'Compiled plans kept', () => sizes.planCache().bytes);
  gauge('gateway_plan_cache_plans', 'Number of plans kept', () => sizes.planCache().plans);
  new Counter({
    name: 'gateway_plans_total',
    help: 'Plan look-ups by outcome: hit, miss',
    labelNames: ['outcome'],
    registers,
    collect() {
      const { hits, misses } = sizes.planCache();
      this.reset();
      this.inc({ outcome: 'hit' }, hits);
      this.inc({ outcome: 'miss' }, misses);
    },
  });
  gauge('gateway_document_cache_bytes', 'Validated documents kept (estimate)', sizes.documentCacheBytes);
  gauge('gateway_planning_waiting', 'New documents that wait to be read or planned', sizes.waitingDocuments);
  gauge(
    'gateway_planning_thread_restarts',
    'How often the planning thread had to be replaced',
    sizes.planningThreadRestarts,
  );
  gauge('gateway_operations_running', 'Operations in progress', () => sizes.places().running);
  measurePlaces(metrics.registry, sizes);
  gauge('gateway_sockets_open', 'Open WebSockets and event streams', sizes.openSockets);
  gauge('gateway_live_operations', 'Distinct live operations', () => sizes.live().operations);
  gauge('gateway_live_clients', 'Clients of live operations', () => sizes.live().members);
  gauge('gateway_live_upstreams', 'Upstreams open now', () => sizes.live().upstreams);
  gauge('gateway_live_ring_bytes', 'Recent events kept in memory', () => sizes.live().ringBytes);
  gauge(
    'gateway_live_newest_event_age_seconds',
    'Age of the newest event, of the live operation that has been quiet for longest',
    () => sizes.live().newestEventAgeMs / 1_000,
  );
  gauge('gateway_connections_open', 'Open client connections', sizes.openConnections);
  gauge('process_resident_memory_bytes', 'Memory of the process', () => process.memoryUsage.rss());
  gauge('process_heap_used_bytes', 'JavaScript heap in use', () => process.memoryUsage().heapUsed);
  gauge('process_cpu_seconds', 'User and system time since the start', () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  });
  new Gauge({
    name: 'gateway_event_loop_lag_seconds',
    help: 'How late the event loop runs timers, since the last scrape',
    labelNames: ['quantile'],
    registers,
    collect() {
      for (const quantile of [50, 99, 100]) {
        const lagNs = delay.percentile(quantile);
        this.set(
          { quantile: String(quantile / 100) },
          Number.isFinite(lagNs) ? Math.max(0, lagNs / 1e9 - lagEveryMs / 1_000) : 0,
        );
      }
      delay.reset();
    },
  });
  return () => delay.disable();
}
