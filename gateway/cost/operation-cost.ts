import type { DocumentNode } from 'graphql';
import { compileVariables } from '../planning/compile-variables.ts';
import { takeOperation } from '../planning/split-operation.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';
import { compileCost } from './compile-cost.ts';
import { costOf } from './cost-term.ts';
import { costWeightsOf } from './cost-weights.ts';
import { type CountCost, createCostCount } from './count-cost.ts';

/** What one operation of a document costs. */
export interface OperationCost {
  /** For these variables, as the client sent them; undefined when they do not fit, which the executor says. Throws BAD_USER_INPUT. */
  estimate(variables: Readonly<Record<string, unknown>>): number | undefined;
  /** What an answer's data comes to. */
  readonly count: CountCost;
}

export interface CostOptions {
  readonly defaultListSize: number;
  readonly isStrict: boolean;
}

/** Finds an operation's cost, compiled on its first use. It is kept as long as its document is, which has a bound of its own. */
export type FindOperationCost = (
  operation: { readonly document: DocumentNode; readonly operationName: string | undefined },
  supergraph: Supergraph,
) => OperationCost;

export function createOperationCosts(options: CostOptions): FindOperationCost {
  const known = new WeakMap<
    DocumentNode,
    { readonly supergraph: string; readonly costs: Map<string, OperationCost> }
  >();
  return ({ document, operationName = '' }, supergraph) => {
    let ofDocument = known.get(document);
    if (ofDocument?.supergraph !== supergraph.id) {
      ofDocument = { supergraph: supergraph.id, costs: new Map() };
      known.set(document, ofDocument);
    }
    const { costs } = ofDocument;
    const found = costs.get(operationName);
    if (found !== undefined) return found;
    const made = compile(document, operationName, supergraph, options);
    costs.set(operationName, made);
    return made;
  };
}

function compile(
  document: DocumentNode,
  operationName: string,
  supergraph: Supergraph,
  options: CostOptions,
): OperationCost {
  const { operation, fragments } = takeOperation(document, operationName === '' ? undefined : operationName);
  const schema = supergraph.apiSchema;
  const weights = costWeightsOf(supergraph);
  const { estimate, argumentCosts, variables } = compileCost({ ...options, schema, weights, operation, fragments });
  const count = createCostCount(schema, weights, argumentCosts, operation.operation === 'mutation');
  if (typeof estimate === 'number') return { estimate: () => estimate, count };
  // Only what the cost depends on is coerced: everything is, once more, by the executor.
  const needed = operation.variableDefinitions?.filter(({ variable }) => variables.has(variable.name.value)) ?? [];
  const coerce = compileVariables(schema, { ...operation, variableDefinitions: needed });
  return {
    estimate(raw) {
      const coerced = coerce(raw);
      return 'problems' in coerced ? undefined : costOf(estimate, coerced.values);
    },
    count,
  };
}
