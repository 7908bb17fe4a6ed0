import { parse } from 'graphql';
import type { ClientPool } from './client-pool.ts';
import { shownError } from './errors.ts';
import { grantOfKey } from './planning/access-grant.ts';
import { carryAccessKey } from './planning/access-key.ts';
import type { HotOperation, PlanCache } from './planning/plan-cache.ts';
import { planOperation } from './planning/plan-operation.ts';
import type { OnPlannerDeath, Planner, PlannerKind } from './planning/planner.ts';
import type { PlanningThread } from './planning/planning-thread.ts';
import { createThreadPlanner } from './planning/thread-planner.ts';
import { type GatewayEngine, planKey, planWithin } from './request-pipeline.ts';
import type { SubgraphTarget } from './subgraph-client/subgraph-client.ts';
import { type Supergraph, viewFor } from './supergraph/supergraph.ts';

export interface EngineParts {
  readonly planner: PlannerKind;
  readonly thread: PlanningThread;
  readonly onPlannerDeath: OnPlannerDeath;
  readonly targetOf: (subgraph: { readonly name: string; readonly url: string }) => SubgraphTarget;
  readonly pool: ClientPool;
  readonly plans: PlanCache;
  readonly warmOperations: number;
  readonly planningDeadlineMs: number;
  readonly logger: { info(fields: object, message: string): void };
}

/** Operations planned at the same time while warming: the native planner has threads of its own, requests need them too. */
const warmingAtOnce = 2;

/** Makes what serves a supergraph and warms it: subgraphs that did not move keep their connections and their breakers. */
export async function createEngine(supergraph: Supergraph, parts: EngineParts): Promise<GatewayEngine> {
  const targets = new Map<string, SubgraphTarget>();
  for (const subgraph of supergraph.subgraphs.values()) targets.set(subgraph.name, parts.targetOf(subgraph));
  const planner = await createThreadPlanner(supergraph, parts.planner, parts.thread, parts.onPlannerDeath);
  const lease = parts.pool.take(targets);
  let closing: Promise<void> | undefined;
  await warmPlans(supergraph, planner, parts);
  return {
    planner,
    clients: lease.clients,
    close() {
      closing ??= Promise.all([planner.close(), lease.release()]).then(() => undefined);
      return closing;
    },
  };
}

/** Where a subgraph is: what the settings say, else what the supergraph says. Throws SUPERGRAPH_INVALID when neither does. */
export function findTarget(
  { name, url }: { readonly name: string; readonly url: string },
  given: Readonly<Record<string, SubgraphTarget>>,
  urls: Readonly<Record<string, { readonly url: string }>>,
): SubgraphTarget {
  if (Object.hasOwn(given, name)) return given[name] as SubgraphTarget;
  const chosen = Object.hasOwn(urls, name) ? (urls[name]?.url ?? url) : url;
  if (URL.canParse(chosen) && /^https?:$/.test(new URL(chosen).protocol)) return { kind: 'http', url: chosen };
  throw shownError(
    'SUPERGRAPH_INVALID',
    `The subgraph "${name}" has no http address, in the supergraph or in the settings.`,
  );
}

/**
 * Plans the hottest operations on a supergraph that is about to take over, so that the swap is not followed by a second in which
 * everything is planned anew. What does not fit the new schema is left to its next caller.
 */
async function warmPlans(supergraph: Supergraph, planner: Planner, parts: EngineParts): Promise<void> {
  const waiting = parts.plans.hottest(parts.warmOperations);
  if (waiting.length === 0) return;
  const startedAt = performance.now();
  let warmed = 0;
  const work = async (): Promise<void> => {
    for (let hot = waiting.shift(); hot !== undefined; hot = waiting.shift()) {
      if (await warmPlan(hot, supergraph, planner, parts)) warmed++;
    }
  };
  await Promise.all(Array.from({ length: warmingAtOnce }, work));
  const durationMs = Math.round(performance.now() - startedAt);
  parts.logger.info({ supergraph: supergraph.id, warmed, durationMs }, 'Plans are warm');
}

async function warmPlan(
  hot: HotOperation,
  supergraph: Supergraph,
  planner: Planner,
  parts: EngineParts,
): Promise<boolean> {
  try {
    const view = viewFor(supergraph, grantOfKey(hot.key.audience)?.contract);
    const verdict = await planWithin(undefined, parts.planningDeadlineMs, (signal) =>
      parts.thread.judge(view, hot.source, signal),
    );
    if (verdict?.isValid !== true) return false;
    const document = parse(hot.source);
    const overrides = planner.chooseOverrides(Math.random());
    const { operationName } = hot.key;
    const access = carryAccessKey(hot.key.audience, view);
    const plan = await planWithin(undefined, parts.planningDeadlineMs, (signal) =>
      planOperation({ supergraph: view, planner, document, operationName, overrides, access, signal }),
    );
    parts.plans.warm(planKey(hot.key, supergraph, overrides, access), hot.source, plan);
    return true;
  } catch {
    return false; // warming is a favour: whoever sends the operation learns what is wrong with it
  }
}
