import { type GraphQLNamedType, type GraphQLSchema, getNamedType, isInterfaceType, isObjectType } from 'graphql';
import type { VariableValues } from '../planning/compile-variables.ts';
import { isJsonObject, type JsonObject, readOwn } from '../planning/json.ts';
import type { FieldShape, ObjectShape, ValueShape } from '../planning/response-shape.ts';
import { mutationCost } from './compile-cost.ts';
import { type CostTerm, clampCost, costOf } from './cost-term.ts';
import type { CostWeights } from './cost-weights.ts';

/** What an answer came to: the weights of the objects that are in its data, those of the arguments that they were asked with. */
export type CountCost = (shape: ObjectShape, data: JsonObject, values: VariableValues) => number;

/** Counts below one object; undefined when there is nothing to count. */
type Counter = ((object: JsonObject, values: VariableValues) => number) | undefined;
type ValueCounter = (value: unknown, values: VariableValues) => number;

interface Counting {
  readonly schema: GraphQLSchema;
  readonly weights: CostWeights;
  readonly argumentCosts: ReadonlyMap<string, CostTerm>;
}

const counters = new WeakMap<ObjectShape, { readonly count: Counter }>();

/**
 * Makes what counts the answers of one operation. Leaves are not looked at, unless they have a weight: of a list of objects that hold
 * nothing but leaves only the length is read.
 */
export function createCostCount(
  schema: GraphQLSchema,
  weights: CostWeights,
  argumentCosts: ReadonlyMap<string, CostTerm>,
  isMutation: boolean,
): CountCost {
  const counting = { schema, weights, argumentCosts };
  return (shape, data, values) => {
    const cost = counterOf(shape, '', counting)?.(data, values) ?? 0;
    return Math.max(0, clampCost(cost + (isMutation ? mutationCost : 0)));
  };
}

function counterOf(shape: ObjectShape, path: string, counting: Counting): Counter {
  const known = counters.get(shape);
  if (known !== undefined) return known.count;
  const count = compileCounter(shape, path, counting);
  counters.set(shape, { count });
  return count;
}

function compileCounter(shape: ObjectShape, path: string, counting: Counting): Counter {
  const fields = shape.fields.flatMap((field) => {
    const fieldPath = path === '' ? field.key : `${path}.${field.key}`;
    const given = counting.argumentCosts.get(fieldPath) ?? 0;
    const count = countField(shape.typeName, field, fieldPath, counting);
    return count === undefined && given === 0 ? [] : [{ ...field, given, count }];
  });
  if (fields.length === 0) return undefined;
  return (object, values) => {
    let cost = 0;
    for (const { dataKey, isInherited, given, count } of fields) {
      if (given !== 0) cost += costOf(given, values);
      const value = isInherited ? readOwn(object, dataKey) : object[dataKey];
      if (count !== undefined && value !== null && value !== undefined) cost += count(value, values);
    }
    return cost;
  };
}

function countField(
  typeName: string,
  { name, value }: FieldShape,
  path: string,
  counting: Counting,
): ValueCounter | undefined {
  const own = counting.weights.ofFieldItself(typeName, name);
  const type = counting.schema.getType(typeName);
  const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
  return field && countValue(value, own, getNamedType(field.type), path, counting);
}

function countValue(
  shape: ValueShape,
  own: number | undefined,
  type: GraphQLNamedType,
  path: string,
  counting: Counting,
): ValueCounter | undefined {
  const { weights, schema } = counting;
  switch (shape.kind) {
    case 'typename':
    case 'introspection':
    case 'refused':
      return undefined;
    case 'leaf': {
      const weight = own ?? weights.ofType(type);
      return weight === 0 ? undefined : () => weight;
    }
    case 'list': {
      const count = countValue(shape.item, own, type, path, counting);
      return count && ((value, values) => countList(value, values, count));
    }
    case 'composite': {
      const { only } = shape;
      const weightOf = (object: ObjectShape): number => {
        const objectType = schema.getType(object.typeName);
        return own ?? (objectType === undefined ? 1 : weights.ofType(objectType));
      };
      if (only === undefined) {
        return (value, values) => {
          const found = isJsonObject(value) ? shape.shapeOf(value.__typename) : undefined;
          if (found === undefined) return 0;
          return weightOf(found) + (counterOf(found, path, counting)?.(value as JsonObject, values) ?? 0);
        };
      }
      const weight = weightOf(only);
      const below = counterOf(only, path, counting);
      if (below === undefined) return () => weight;
      return (value, values) => (isJsonObject(value) ? weight + below(value, values) : 0);
    }
    default:
      return shape satisfies never;
  }
}

function countList(value: unknown, values: VariableValues, count: ValueCounter): number {
  if (!Array.isArray(value)) return 0;
  let cost = 0;
  for (const item of value) if (item !== null && item !== undefined) cost += count(item, values);
  return cost;
}
