import type { Supergraph } from '../supergraph/supergraph.ts';
import { createApolloPlanner } from './apollo-planner.ts';
import { createHivePlanner } from './hive-planner.ts';
import type { Planner, PlannerKind } from './planner.ts';

export type { Planner, PlannerKind } from './planner.ts';

/**
 * Makes the planner of a supergraph: the native one where this platform has a build of it, else Apollo's.
 * Close it when the supergraph is replaced and its last operation is planned.
 */
export function createPlanner(supergraph: Supergraph, kind: PlannerKind = 'hive'): Planner {
  const native = kind === 'hive' ? createHivePlanner(supergraph.sdl) : undefined;
  return native ?? createApolloPlanner(supergraph.sdl);
}
