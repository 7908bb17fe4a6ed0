import { hiddenError } from '../errors.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';
import { createApolloPlanner } from './apollo-planner.ts';
import { createOverrideChooser } from './choose-overrides.ts';
import type { PlannedStep } from './compile-plan.ts';
import { createPlanner } from './create-planner.ts';
import { readOverrideLabels } from './override-labels.ts';
import type { PlannedPart } from './plan-parts.ts';
import type { OnPlannerDeath, Planner, PlannerKind, TakenRequest } from './planner.ts';
import type { PlanningThread } from './planning-thread.ts';

/**
 * A planner that splits and plans in the planning thread. Apollo's planner, in its process, gets what the native one refuses, and
 * everything where that is chosen or has no build. Without the thread everything is done here.
 */
export async function createThreadPlanner(
  supergraph: Supergraph,
  kind: PlannerKind,
  thread: PlanningThread,
  onDeath?: OnPlannerDeath,
): Promise<Planner> {
  const { ready, forget } = thread.open(supergraph);
  await ready;
  const labels = readOverrideLabels(supergraph.sdl);
  let [here, second]: (Planner | undefined)[] = [];

  async function planRefused(part: PlannedPart & { readonly refusal: string }, request: TakenRequest) {
    second ??= createApolloPlanner(supergraph, onDeath);
    const { operationName, overrides, signal } = request;
    try {
      return await second.plan({ operation: part.text, operationName, overrides, signal });
    } catch (cause) {
      signal.throwIfAborted();
      throw hiddenError(`The query planner refused the operation: ${part.refusal}`, { cause });
    }
  }

  async function takeSteps(parts: readonly PlannedPart[], request: TakenRequest): Promise<readonly PlannedStep[]> {
    const steps: PlannedStep[] = [];
    for (const part of parts) {
      const plan = 'refusal' in part ? await planRefused(part, request) : part.plan;
      if (plan) steps.push({ plan, stopsWithoutKey: part.stopsWithoutKey });
    }
    return steps;
  }

  return {
    kind,
    chooseOverrides: createOverrideChooser(labels.percentages, labels.custom),
    plan(request) {
      here ??= createPlanner(supergraph, kind, onDeath);
      return here.plan(request);
    },
    async planSteps(request) {
      const { operation, operationName, contract, trueConditions, overrides, signal } = request;
      const activeLabels = [...overrides.activeLabels];
      const parts = await thread.plan(
        supergraph,
        {
          operation,
          operationName,
          contract,
          trueConditions,
          activeLabels,
          percentage: overrides.percentage,
          planner: kind,
        },
        signal,
      );
      return parts && (await takeSteps(parts, request));
    },
    takeSteps,
    async close() {
      forget();
      await Promise.all([here?.close(), second?.close()]);
    },
  };
}
