import { readFile } from 'node:fs/promises';
import type { Logger } from 'pino';
import { createClientPool } from './client-pool.ts';
import type { GatewaySettings } from './config.ts';
import { createEngine, findTarget } from './create-engine.ts';
import { GatewayError } from './errors.ts';
import type { PlanCache } from './planning/plan-cache.ts';
import type { OnPlannerDeath } from './planning/planner.ts';
import type { PlanningThread } from './planning/planning-thread.ts';
import type { GatewayEngine } from './request-pipeline.ts';
import { createSubgraphClients } from './subgraph-client/create-subgraph-clients.ts';
import type { SubgraphTarget } from './subgraph-client/subgraph-client.ts';
import type { Supergraph } from './supergraph/supergraph.ts';
import { SupergraphHolder } from './supergraph/supergraph-holder.ts';
import { watchFile } from './supergraph/watch-file.ts';
import type { Metrics } from './telemetry/metrics.ts';
import { createSubgraphObserver } from './telemetry/observe-subgraphs.ts';
import type { Tracing } from './telemetry/tracing.ts';
import { traceSubgraphClients } from './trace-subgraph-clients.ts';

export interface SupergraphSource {
  readonly supergraph:
    | { readonly kind: 'file'; readonly path: string }
    | { readonly kind: 'sdl'; readonly sdl: string };
  readonly subgraphs?: Readonly<Record<string, SubgraphTarget>>;
}

export interface SupergraphParts {
  readonly settings: GatewaySettings;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly tracing: Tracing;
  readonly plans: PlanCache;
  readonly thread: PlanningThread;
  readonly onPlannerDeath: OnPlannerDeath;
}

/** Loads the first supergraph and makes its engine. Throws SUPERGRAPH_INVALID, or the file's own error. Close the holder. */
export async function openSupergraph(
  { supergraph, subgraphs = {} }: SupergraphSource,
  { settings, logger, metrics, tracing, plans, thread, onPlannerDeath }: SupergraphParts,
): Promise<SupergraphHolder<GatewayEngine>> {
  const observer = createSubgraphObserver(metrics, logger);
  const pool = createClientPool((targets) =>
    traceSubgraphClients(
      createSubgraphClients(
        targets,
        { deadlineMs: settings.subgraphDeadlineMs, secret: settings.subgraphSecret },
        observer,
      ),
      tracing,
    ),
  );
  return await SupergraphHolder.open<GatewayEngine>({
    sdl: supergraph.kind === 'sdl' ? supergraph.sdl : await readFile(supergraph.path, 'utf8'),
    contracts: listContracts(settings),
    retireAfterMs: settings.operationDeadlineMs,
    logger,
    prepare: (read) =>
      createEngine(read, {
        planner: settings.planner === 'apollo' ? 'apollo' : 'hive',
        targetOf: (subgraph) => findTarget(subgraph, subgraphs, settings.subgraphs),
        thread,
        onPlannerDeath,
        pool,
        plans,
        warmOperations: settings.warmOperations,
        planningDeadlineMs: settings.planningDeadlineMs,
        logger,
      }),
    onSwap: ({ id }) => {
      plans.keepOnly(id);
      metrics.supergraph.reset();
      metrics.supergraph.set({ id }, 1);
    },
  });
}

/** The contracts that some kind of caller is held to. */
function listContracts({ kinds }: GatewaySettings): readonly string[] {
  const named = Object.values(kinds).map(({ contract }) => contract);
  return [...new Set(named.filter((contract) => contract !== undefined))];
}

/** Swaps to an offered supergraph; refused, logged and counted when it is broken. Throws what was wrong with it. */
export async function offerSupergraph(
  supergraphs: SupergraphHolder<GatewayEngine>,
  sdl: string,
  metrics: Metrics,
  logger: Logger,
): Promise<Supergraph> {
  const before = supergraphs.current.supergraph.id;
  try {
    const supergraph = await supergraphs.offer(sdl);
    const outcome = supergraph.id === before ? 'unchanged' : 'swapped';
    metrics.swaps.inc({ outcome });
    if (outcome === 'swapped') logger.info({ from: before, to: supergraph.id }, 'Another supergraph is in service');
    return supergraph;
  } catch (error) {
    metrics.swaps.inc({ outcome: 'refused' });
    const reason = error instanceof GatewayError ? error.message : error;
    logger.error({ reason, inService: before }, 'A supergraph was refused; the old one stays');
    throw error;
  }
}

/** Offers the file's text whenever it changes from what was read at the start. Returns what stops it. */
export function watchSupergraph(
  path: string,
  text: string,
  intervalMs: number,
  offer: (sdl: string) => Promise<unknown>,
  logger: Logger,
): () => Promise<void> {
  const stopping = new AbortController();
  const watching = watchFile({
    path,
    text,
    intervalMs,
    signal: stopping.signal,
    onChange: (sdl) => offer(sdl).then(ignore, ignore), // refusals are logged where they happen
    onError: (error) => logger.error({ err: error, path }, 'The supergraph file cannot be read; the old one stays'),
  });
  return async () => {
    stopping.abort();
    await watching;
  };
}

function ignore(): void {}
