import {
  type ArgumentNode,
  type GraphQLArgument,
  type GraphQLInputType,
  getNamedType,
  isInputObjectType,
  isListType,
  isNonNullType,
  Kind,
  type ValueNode,
  valueFromAST,
  visit,
} from 'graphql';
import type { VariableValues } from '../planning/compile-variables.ts';
import type { CostTerm } from './cost-term.ts';
import type { CostWeights } from './cost-weights.ts';

/** What the arguments that are given to a field cost; `uses` is told of the variables that this depends on. */
export function argumentsCost(
  given: readonly ArgumentNode[],
  defined: readonly GraphQLArgument[],
  field: string,
  weights: CostWeights,
  uses: (variable: string) => void,
): CostTerm[] {
  return given.flatMap(({ name, value }) => {
    const definition = defined.find((argument) => argument.name === name.value);
    if (definition === undefined) return [];
    const coordinate = `${field}(${name.value}:)`;
    if (!mayCost(coordinate, definition.type, weights)) return [];
    const variables = variablesIn(value);
    for (const variable of variables) uses(variable);
    const cost = (values: VariableValues): number =>
      inputCost(readValue(value, definition.type, values), definition.type, coordinate, weights);
    return [variables.length === 0 ? cost(new Map()) : cost];
  });
}

/** The value as the subgraphs will see it: a variable is coerced already, and a literal is coerced here, to the same. */
export function readValue(node: ValueNode, type: GraphQLInputType, values: VariableValues): unknown {
  if (node.kind === Kind.VARIABLE) return values.get(node.name.value);
  return valueFromAST(node, type, Object.fromEntries(values));
}

export function variablesIn(node: ValueNode): readonly string[] {
  const names: string[] = [];
  visit(node, {
    Variable({ name }) {
      names.push(name.value);
    },
  });
  return names;
}

function mayCost(coordinate: string, type: GraphQLInputType, weights: CostWeights): boolean {
  const named = getNamedType(type);
  return isInputObjectType(named) || weights.ofInput(coordinate, named) !== 0;
}

function inputCost(value: unknown, type: GraphQLInputType, coordinate: string, weights: CostWeights): number {
  if (value === null || value === undefined) return 0;
  if (isNonNullType(type)) return inputCost(value, type.ofType, coordinate, weights);
  if (isListType(type)) {
    if (!Array.isArray(value)) return inputCost(value, type.ofType, coordinate, weights);
    let total = 0;
    for (const item of value) total += inputCost(item, type.ofType, coordinate, weights);
    return total;
  }
  let total = weights.ofInput(coordinate, type);
  if (!isInputObjectType(type) || typeof value !== 'object') return total;
  const fields = type.getFields();
  for (const [name, item] of Object.entries(value)) {
    const field = fields[name];
    if (field !== undefined) total += inputCost(item, field.type, `${type.name}.${name}`, weights);
  }
  return total;
}
