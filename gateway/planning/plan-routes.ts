import { type DocumentNode, Kind, visit } from 'graphql';
import type { VariableValues } from './compile-variables.ts';
import type { ExecutionRoute } from './executable-plan.ts';
import { createSingleFlight } from './single-flight.ts';

/** The routes of one operation: one for each combination of its @skip and @include variables. */
export interface PlanRoutes {
  /** The route for these variables; planned now if it is the first time. Rejects with the signal's reason. */
  routeFor(variables: VariableValues, signal: () => AbortSignal): ExecutionRoute | Promise<ExecutionRoute>;
}

// k conditions have 2^k combinations; clients use a few of them.
const maxRoutes = 16;
const maxFlights = 64;

/**
 * Plans lazily for the values that occur, at most 16 of them, the least recently made going first. Both planners get
 * conditions wrong that depend on variables: one asks for the required fields of a skipped field only where it is not
 * skipped and then loses the whole entity, the other drops a condition when fetches are merged; and both need seconds for a
 * dozen conditions. With the values filled in they never see one.
 */
export function createPlanRoutes(
  conditions: readonly string[],
  plan: (
    condition: (variable: string) => boolean,
    trueConditions: readonly string[],
    signal: AbortSignal,
  ) => Promise<ExecutionRoute>,
): PlanRoutes {
  const routes = new Map<string, ExecutionRoute>();
  const flights = createSingleFlight<ExecutionRoute>(maxFlights);

  async function make(key: string, variables: VariableValues, signal: AbortSignal): Promise<ExecutionRoute> {
    const isTrue = (variable: string) => variables.get(variable) === true;
    const route = await plan(isTrue, conditions.filter(isTrue), signal);
    const oldest = routes.size >= maxRoutes ? routes.keys().next().value : undefined;
    if (oldest !== undefined) routes.delete(oldest);
    routes.set(key, route);
    return route;
  }

  return {
    routeFor(variables, signal) {
      let key = '';
      for (const name of conditions) key += variables.get(name) === true ? '1' : '0';
      return routes.get(key) ?? flights.run(key, signal(), (shared) => make(key, variables, shared));
    },
  };
}

/** The variables that @skip and @include of an operation ask. */
export function conditionVariables(document: DocumentNode): readonly string[] {
  const names = new Set<string>();
  visit(document, {
    Directive(node) {
      if (node.name.value !== 'skip' && node.name.value !== 'include') return;
      const value = node.arguments?.[0]?.value;
      if (value?.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names];
}
