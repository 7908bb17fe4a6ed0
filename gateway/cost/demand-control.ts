import type { DocumentNode } from 'graphql';
import { shownError } from '../errors.ts';
import type { CallerClass } from '../identity/principal.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';
import type { Budgets, Payer } from './budgets.ts';
import { costWeightsOf } from './cost-weights.ts';
import type { CountCost } from './count-cost.ts';
import { createLiveMeter, type LiveMeter } from './live-meter.ts';
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
  /** What each caller may spend in a minute. */
  readonly budgets: Budgets;
  readonly onEstimated: (cost: number) => void;
  readonly onCounted: (cost: number) => void;
}

/** An operation with who sent it, as far as costs go. */
export interface CostlyOperation {
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly caller: Payer;
}

/** An answer that can tell what it cost. */
interface CountedResponse {
  readonly body: string;
  readonly hasData: boolean;
  /** Undefined when nothing was counted. */
  readonly cost?: number | undefined;
  bodyFor(requestId: string, extensions?: string): string;
}

/** An operation that may run, and was paid for by what it may cost. */
export interface Charge {
  readonly count: CountCost;
  /** The answer with what it has cost; what it did not come to is given back. */
  settle<Response extends CountedResponse>(response: Response, requestId: string): Response;
  /** For a live operation, which is paid for as it runs. `onSpent` is told why it has to end. */
  meter(onSpent: (reason: unknown) => void): LiveMeter;
}

/** Decides by its cost whether an operation may run. One for all transports. */
export interface DemandControl {
  /** Undefined when nothing is counted. Rejects with COST_LIMIT, with RATE_LIMITED, and with BAD_USER_INPUT for a list that must be told its size. */
  charge(operation: CostlyOperation, supergraph: Supergraph): Promise<Charge | undefined> | undefined;
  /** What counts the answers of an operation that is paid for elsewhere; undefined when nothing is counted. */
  countOf(operation: CostlyOperation, supergraph: Supergraph): CountCost | undefined;
}

export function createDemandControl(options: DemandOptions): DemandControl {
  const { mode, defaultListSize } = options;
  const isStrict = mode === 'auto' || mode === 'enforce';
  const findCost = createOperationCosts({ defaultListSize, isStrict });
  const isCounted = (supergraph: Supergraph): boolean =>
    mode !== 'off' && (mode !== 'auto' || costWeightsOf(supergraph).isLinked);

  async function charge(operation: CostlyOperation, cost: OperationCost): Promise<Charge | undefined> {
    const { caller } = operation;
    const estimated = cost.estimate(operation.variables);
    const limit = options.limitOf(caller.principal.caller);
    if (estimated !== undefined) options.onEstimated(estimated);
    if (isStrict && estimated !== undefined && estimated > limit) throw tooDear(estimated, limit);
    // An operation that costs nothing, or does not fit, is one request all the same.
    const taken = Math.max(1, estimated ?? 0);
    const left = isStrict ? await options.budgets.take(caller, taken) : undefined;
    // The executor says what is wrong with the variables, and runs nothing.
    if (estimated === undefined) return undefined;
    return {
      count: cost.count,
      settle(response, requestId) {
        const { cost: actual } = response;
        if (actual === undefined) return response;
        options.onCounted(actual);
        const difference = taken - Math.max(1, actual);
        if (left !== undefined) options.budgets.correct(caller, difference);
        if (!options.isTold || !response.hasData) return response;
        const remaining = left === undefined ? {} : { remaining: Math.max(0, left + difference) };
        const told = JSON.stringify({ estimated, actual, limit, ...remaining });
        return { ...response, body: response.bodyFor(requestId, `,"extensions":{"cost":${told}}`) };
      },
      meter: (onSpent) =>
        isStrict
          ? createLiveMeter({ take: (sum) => options.budgets.take(caller, sum), onSpent })
          : { count: () => undefined },
    };
  }

  return {
    charge: (operation, supergraph) =>
      isCounted(supergraph) ? charge(operation, findCost(operation, supergraph)) : undefined,
    countOf: (operation, supergraph) => (isCounted(supergraph) ? findCost(operation, supergraph).count : undefined),
  };
}

function tooDear(estimated: number, limit: number): Error {
  return shownError('COST_LIMIT', `The operation may cost ${estimated}, and the limit is ${limit}.`, {
    extensions: { estimated, limit },
  });
}
