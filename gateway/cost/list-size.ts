import { type FieldNode, type GraphQLField, type GraphQLOutputType, isListType, isNonNullType } from 'graphql';
import { shownError } from '../errors.ts';
import type { VariableValues } from '../planning/compile-variables.ts';
import type { CostTerm } from './cost-term.ts';
import type { ListSize } from './cost-weights.ts';
import { readValue, variablesIn } from './input-cost.ts';

export interface SizeOptions {
  /** Of a list that nothing is said of. */
  readonly defaultListSize: number;
  /** Whether `requireOneSlicingArgument` is insisted on. */
  readonly isStrict: boolean;
  readonly uses: (variable: string) => void;
}

/**
 * How many items a field with `@listSize` brings: the largest of its slicing arguments as coerced, else what is assumed. A null
 * says nothing, and a variable without a value is the argument's default. Throws BAD_USER_INPUT where exactly one argument must be given.
 */
export function declaredSize(
  size: ListSize,
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
  options: SizeOptions,
): CostTerm {
  const assumed = size.assumedSize ?? options.defaultListSize;
  if (size.slicingArguments.length === 0) return assumed;
  const slices = size.slicingArguments.map((name) => sliceOf(name, field, node, options.uses));
  const decide = (given: readonly (number | undefined)[]): number => {
    const known = given.filter((slice) => slice !== undefined);
    if (options.isStrict && size.needsOneArgument && known.length !== 1) {
      const names = size.slicingArguments.join(', ');
      throw shownError('BAD_USER_INPUT', `Exactly one of these arguments of "${field.name}" must be given: ${names}.`);
    }
    return known.length === 0 ? assumed : Math.max(0, ...known);
  };
  if (slices.every((slice) => typeof slice !== 'function') && !(options.isStrict && size.needsOneArgument)) {
    return decide(slices as readonly (number | undefined)[]);
  }
  return (values) => decide(slices.map((slice) => (typeof slice === 'function' ? slice(values) : slice)));
}

type Slice = number | undefined | ((values: VariableValues) => number | undefined);

function sliceOf(
  name: string,
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
  uses: (variable: string) => void,
): Slice {
  const definition = field.args.find((argument) => argument.name === name);
  if (definition === undefined) return undefined;
  const value = node.arguments?.find((argument) => argument.name.value === name)?.value;
  const fallback = toSize(definition.defaultValue);
  if (value === undefined) return fallback;
  const [variable] = variablesIn(value);
  if (variable === undefined) return toSize(readValue(value, definition.type, new Map()));
  uses(variable);
  return (values) => (values.has(variable) ? toSize(values.get(variable)) : fallback);
}

function toSize(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** How many lists stand in each other: 2 for `[[Int!]!]!`. */
export function listDepth(type: GraphQLOutputType): number {
  if (isNonNullType(type)) return listDepth(type.ofType);
  return isListType(type) ? 1 + listDepth(type.ofType) : 0;
}
