import type { Supergraph } from '../supergraph/supergraph.ts';
import { createApolloPlanner } from './apollo-planner.ts';
import { createHivePlanner } from './hive-planner.ts';
import type { OnPlannerDeath, Planner, PlannerKind } from './planner.ts';

export type { Planner, PlannerKind } from './planner.ts';

/**
 * Makes the planner of a supergraph. 'hive' is the native one, with Apollo's behind it: for platforms without a build of it,
 * and for the operations that it refuses or cannot plan (0.0.38 gives up on about one in 2,000 random ones). Close it when the
 * supergraph is replaced and its last operation is planned.
 */
export function createPlanner(supergraph: Supergraph, kind: PlannerKind = 'hive', onDeath?: OnPlannerDeath): Planner {
  const native = kind === 'hive' ? createHivePlanner(supergraph, onDeath) : undefined;
  const createApollo = (): Planner => createApolloPlanner(supergraph, onDeath);
  return native ? withFallback(native, createApollo) : createApollo();
}

/** Asks the second planner for what the first refuses; the second is made when it is first needed. */
function withFallback(first: Planner, createSecond: () => Planner): Planner {
  let second: Planner | undefined;
  return {
    kind: first.kind,
    chooseOverrides: first.chooseOverrides,
    async plan(request) {
      try {
        return await first.plan(request);
      } catch (failure) {
        request.signal.throwIfAborted();
        second ??= createSecond();
        try {
          return await second.plan(request);
        } catch {
          request.signal.throwIfAborted();
          throw failure;
        }
      }
    },
    async close() {
      await Promise.all([first.close(), second?.close()]);
    },
  };
}
