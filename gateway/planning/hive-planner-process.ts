import { QueryPlanner } from '@graphql-hive/router-query-planner';
import { lowerPriority } from '../basics/lower-priority.ts';
import type { HiveQuestion } from './hive-planner.ts';
import { servePlanner } from './serve-planner.ts';

lowerPriority(); // and that of the threads it plans on, which begin with the first plan
servePlanner((sdl) => {
  const queryPlanner = new QueryPlanner(sdl);
  return async ({ operation, operationName, activeLabels, percentage }: HiveQuestion) =>
    JSON.stringify(await queryPlanner.planAsync(operation, operationName ?? null, new Set(activeLabels), percentage));
});
