import { QueryPlanner } from '@graphql-hive/router-query-planner';
import { lowerPriorityOfProcess } from '../basics/lower-priority.ts';
import type { HiveQuestion } from './hive-planner.ts';
import { servePlanner } from './serve-planner-process.ts';

servePlanner((sdl) => {
  const queryPlanner = new QueryPlanner(sdl);
  lowerPriorityOfProcess(); // its start is over, which somebody waits for
  return async ({ operation, operationName, activeLabels, percentage }: HiveQuestion) =>
    JSON.stringify(await queryPlanner.planAsync(operation, operationName ?? null, new Set(activeLabels), percentage));
});
