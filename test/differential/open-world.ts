import { composeServices } from '@theguild/federation-composition';
import { execute, type GraphQLSchema, parse } from 'graphql';
import { executePlan } from '../../gateway/execution/execute-plan.ts';
import { toCommonForm } from '../../gateway/planning/common-form.ts';
import { createPlanner } from '../../gateway/planning/create-planner.ts';
import type { ExecutablePlan } from '../../gateway/planning/executable-plan.ts';
import { planOperation } from '../../gateway/planning/plan-operation.ts';
import type { Planner, PlannerKind } from '../../gateway/planning/planner.ts';
import { createSubgraphClients } from '../../gateway/subgraph-client/create-subgraph-clients.ts';
import type { SubgraphClients, SubgraphTarget } from '../../gateway/subgraph-client/subgraph-client.ts';
import { readSupergraph, type Supergraph } from '../../gateway/supergraph/supergraph.ts';
import { buildMerged, buildSubgraph, createContext } from './build-schemas.ts';
import type { PrintedOperation } from './print-operation.ts';
import type { Chaos } from './strike.ts';
import type { World } from './world.ts';

export interface Answer {
  /** JSON text, so that the order of fields counts too. Undefined: refused before execution. */
  readonly data: string | undefined;
  /** Sorted paths of the errors, as JSON texts. */
  readonly errorPaths: readonly string[];
  readonly errors: readonly unknown[];
}

/** A planner has no plan for a valid operation. */
export class PlanningFailed extends Error {}

export interface OpenWorld {
  readonly world: World;
  readonly supergraph: Supergraph;
  readonly subgraphs: ReadonlyMap<string, GraphQLSchema>;
  /** Executed by graphql-js over one schema: what is right. */
  answerMerged(operation: PrintedOperation, chaos?: Chaos): Promise<Answer>;
  /** Ours; `draw` in [0, 1) decides progressive overrides. */
  answer(kind: PlannerKind, operation: PrintedOperation, draw: number, chaos?: Chaos): Promise<Answer>;
  /** Ours on the native planner, by the operation's common form; undefined where it has none. */
  answerInForm(operation: PrintedOperation, draw: number, chaos?: Chaos): Promise<Answer | undefined>;
  close(): Promise<void>;
}

/** Composes a world and makes everything that can answer for it. Close it. */
export function openWorld(world: World): OpenWorld {
  const composed = composeServices(
    world.subgraphs.map(({ name, sdl }) => ({ name, url: `http://${name}.invalid`, typeDefs: parse(sdl) })),
  );
  if (composed.errors?.length || !composed.supergraphSdl) {
    throw new Error(`${world.name} does not compose: ${composed.errors?.map((error) => error.message).join('\n')}`);
  }
  const sdl = composed.supergraphSdl;
  // Read twice: the text for the planners has no access rules any more. Those have tests of their own; here everybody may see everything.
  const supergraph = readSupergraph(readSupergraph(sdl).sdl);
  const subgraphs = new Map(world.subgraphs.map(({ name }) => [name, buildSubgraph(world, name)]));
  const merged = buildMerged(world, supergraph.apiSchema);
  const planners = new Map<PlannerKind, Planner>();
  const plannerOf = (kind: PlannerKind): Planner => {
    const planner = planners.get(kind) ?? createPlanner(supergraph, kind);
    planners.set(kind, planner);
    return planner;
  };

  return {
    world,
    supergraph,
    subgraphs,
    async answerMerged({ document, variables }, chaos) {
      const contextValue = createContext(world, chaos);
      const result = await execute({
        schema: merged,
        document: parse(document),
        variableValues: variables,
        contextValue,
      });
      return toAnswer(JSON.parse(JSON.stringify(result)));
    },
    async answer(kind, { document, variables }, draw, chaos) {
      const planner = plannerOf(kind);
      // Milliseconds on a quiet machine; whoever needs this long has found an operation that a planner chokes on.
      const signal = AbortSignal.timeout(15_000);
      const overrides = planner.chooseOverrides(draw);
      const plan = await planOperation({ supergraph, planner, document: parse(document), overrides, signal }).catch(
        giveUp,
      );
      const bodies = new Set<string>();
      // The fifth run is written by generated code, the first by the exact writer: they must not differ in a byte. Once is enough of
      // an operation: the plans of the other planner are run by the same code.
      const runs = kind === 'hive' ? 5 : 1;
      for (let run = 0; run < runs; run++) {
        const clients = inProcessClients(world, subgraphs, chaos);
        bodies.add(await runOnce(clients, plan, variables, signal));
      }
      const [body, other] = bodies;
      if (body === undefined || other !== undefined) throw new Error(`The runs differ:\n${body}\n${other}`);
      return toAnswer(JSON.parse(body));
    },
    async answerInForm({ document, variables }, draw, chaos) {
      const form = toCommonForm(parse(document), undefined, supergraph.apiSchema);
      if (form === undefined) return undefined;
      const planner = plannerOf('hive');
      const overrides = planner.chooseOverrides(draw);
      const signal = AbortSignal.timeout(15_000);
      const planned = { supergraph, planner, document: parse(form.text), overrides, signal };
      const plan = await planOperation(planned).catch(giveUp);
      const all = { ...variables, ...form.literals };
      const body = await runOnce(inProcessClients(world, subgraphs, chaos), plan, all, signal, form.aliases);
      return toAnswer(JSON.parse(body));
    },
    async close() {
      await Promise.all(Array.from(planners.values(), (planner) => planner.close()));
    },
  };
}

/** Runs a plan, and closes its clients: each run has data of its own, since mutations change it. */
async function runOnce(
  clients: SubgraphClients,
  plan: ExecutablePlan,
  variables: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
  aliases?: readonly string[],
): Promise<string> {
  const response = await executePlan(plan, {
    variables,
    aliases,
    clients,
    signal,
    requestId: 'differential',
    audience: 'everybody',
    headers: {},
    sharing: false,
    maxErrors: 10_000,
  }).catch(giveUp);
  await clients.close();
  const [failure] = response.failures;
  if (failure !== undefined) throw new Error('A call to a subgraph failed.', { cause: failure });
  return response.body;
}

function giveUp(cause: unknown): never {
  throw new PlanningFailed('The planner gave up.', { cause });
}

/** Over fresh data. */
function inProcessClients(world: World, subgraphs: ReadonlyMap<string, GraphQLSchema>, chaos: Chaos): SubgraphClients {
  const contextValue = createContext(world, chaos);
  const targets = new Map<string, SubgraphTarget>();
  for (const [name, schema] of subgraphs) {
    targets.set(name, {
      kind: 'in-process',
      async execute({ query, variables }) {
        const result = await execute({ schema, document: parse(query), variableValues: variables, contextValue });
        return JSON.parse(JSON.stringify(result));
      },
    });
  }
  return createSubgraphClients(targets);
}

/** Reads a GraphQL response. */
export function toAnswer(result: { data?: unknown; errors?: { path?: unknown; message: string }[] }): Answer {
  const errors = result.errors ?? [];
  return {
    data: result.data === undefined ? undefined : JSON.stringify(result.data),
    errorPaths: errors.map((error) => JSON.stringify(error.path ?? null)).sort(),
    errors,
  };
}
