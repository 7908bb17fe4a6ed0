import type { DocumentNode } from 'graphql';
import { shownError } from '../errors.ts';
import type { CallerClass, Principal } from '../identity/principal.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';
import { costWeightsOf } from './cost-weights.ts';
import type { CountCost } from './count-cost.ts';
import { createOperationCosts, type OperationCost } from './operation-cost.ts';

/**
 * `auto` refuses what costs too much where the graph says what things cost, and counts nothing elsewhere; `enforce` refuses in every graph;
 * `report` tells and counts, and refuses nothing.
 */
export type CostMode = 'auto' | 'enforce' | 'report' | 'off';

export interface DemandOptions {
  readonly mode: CostMode;
  /** Items of a list that nothing is said of. */
  readonly defaultListSize: number;
  /** Whether answers tell what they cost, in `extensions.cost`. */
  readonly isTold: boolean;
  /** What one operation may cost. */
  readonly limitOf: (caller: CallerClass) => number;
  readonly onEstimated: (cost: number) => void;
  readonly onCounted: (cost: number) => void;
}

/** An operation with who sent it, as far as costs go. */
export interface CostlyOperation {
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly caller: { readonly principal: Pick<Principal, 'caller'> };
}

/** An answer that can tell what it cost. */
interface CountedResponse {
  readonly body: string;
  readonly hasData: boolean;
  /** Undefined when nothing was counted. */
  readonly cost?: number | undefined;
  bodyFor(requestId: string, extensions?: string): string;
}

/** An operation that may run. */
export interface Charge {
  readonly count: CountCost;
  /** The answer, with what it has cost. */
  settle<Response extends CountedResponse>(response: Response, requestId: string): Response;
}

/** Decides by its cost whether an operation may run. One for all transports. */
export interface DemandControl {
  /** Undefined when nothing is counted. Throws COST_LIMIT, and BAD_USER_INPUT for a list that must be told its size. */
  charge(operation: CostlyOperation, supergraph: Supergraph): Charge | undefined;
}

export function createDemandControl(options: DemandOptions): DemandControl {
  const { mode, defaultListSize, isTold } = options;
  const isStrict = mode === 'auto' || mode === 'enforce';
  const findCost = createOperationCosts({ defaultListSize, isStrict });
  const isCounted = (supergraph: Supergraph): boolean =>
    mode !== 'off' && (mode !== 'auto' || costWeightsOf(supergraph).isLinked);
  return {
    charge(operation, supergraph) {
      if (!isCounted(supergraph)) return undefined;
      const cost = findCost(operation, supergraph);
      const estimated = cost.estimate(operation.variables);
      // The executor says what is wrong with the variables, and runs nothing.
      if (estimated === undefined) return undefined;
      options.onEstimated(estimated);
      const limit = options.limitOf(operation.caller.principal.caller);
      if (isStrict && estimated > limit) throw tooDear(estimated, limit);
      return chargeFor(cost, { estimated, limit }, isTold, options.onCounted);
    },
  };
}

function tooDear(estimated: number, limit: number): Error {
  return shownError('COST_LIMIT', `The operation may cost ${estimated}, and the limit is ${limit}.`, {
    extensions: { estimated, limit },
  });
}

function chargeFor(
  { count }: OperationCost,
  told: { readonly estimated: number; readonly limit: number },
  isTold: boolean,
  onCounted: (cost: number) => void,
): Charge {
  return {
    count,
    settle(response, requestId) {
      const { cost: actual } = response;
      if (actual === undefined) return response;
      onCounted(actual);
      if (!isTold || !response.hasData) return response;
      const { estimated, limit } = told;
      const extensions = `,"extensions":{"cost":${JSON.stringify({ estimated, actual, limit })}}`;
      return { ...response, body: response.bodyFor(requestId, extensions) };
    },
  };
}
