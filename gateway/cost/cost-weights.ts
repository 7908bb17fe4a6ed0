import { type GraphQLNamedType, type GraphQLSchema, isAbstractType, isCompositeType, isInputObjectType } from 'graphql';
import type { DirectiveUse } from '../supergraph/directive-tables.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';

/** What `@listSize` says of a field. */
export interface ListSize {
  readonly assumedSize: number | undefined;
  /** Arguments that say how many items come; the largest counts. */
  readonly slicingArguments: readonly string[];
  /** Lists below the field that have its size: a connection's `nodes`. */
  readonly sizedFields: ReadonlySet<string>;
  /** Exactly one of the arguments must be given. */
  readonly needsOneArgument: boolean;
}

/** What a supergraph says about cost (https://specs.apollo.dev/cost), with what goes without saying: an object is 1, a leaf nothing. */
export interface CostWeights {
  /** Whether it says anything. */
  readonly isLinked: boolean;
  /** One value of a field of an object type: the field's own weight, else that of its type. */
  ofField(typeName: string, fieldName: string, valueType: GraphQLNamedType): number;
  /** The weight that a field itself has, whatever comes. */
  ofFieldItself(typeName: string, fieldName: string): number | undefined;
  /** One value of a type. */
  ofType(type: GraphQLNamedType): number;
  /** The weight at an argument, `Type.field(name:)`, or at an input object's field, `Type.field`, else of its type; an input object is 1. */
  ofInput(coordinate: string, type: GraphQLNamedType): number;
  listSize(typeName: string, fieldName: string): ListSize | undefined;
}

const costIdentity = 'https://specs.apollo.dev/cost';
const weightsOf = new WeakMap<Supergraph, CostWeights>();

export function costWeightsOf(supergraph: Supergraph): CostWeights {
  const known = weightsOf.get(supergraph);
  if (known !== undefined) return known;
  const made = readCostWeights(supergraph);
  weightsOf.set(supergraph, made);
  return made;
}

function readCostWeights({ directives, apiSchema }: Supergraph): CostWeights {
  const weights = readUses(directives.uses.get('cost'), readWeight);
  const sizes = readUses(directives.uses.get('listSize'), readListSize);
  const typeWeights = new Map<GraphQLNamedType, number>();
  const ofType = (type: GraphQLNamedType): number => {
    const known = typeWeights.get(type);
    if (known !== undefined) return known;
    const weight = weighType(type, weights, apiSchema);
    typeWeights.set(type, weight);
    return weight;
  };
  return {
    isLinked: weights.size > 0 || sizes.size > 0,
    ofField: (typeName, fieldName, valueType) => weights.get(`${typeName}.${fieldName}`) ?? ofType(valueType),
    ofFieldItself: (typeName, fieldName) => weights.get(`${typeName}.${fieldName}`),
    ofType,
    ofInput: (coordinate, type) => weights.get(coordinate) ?? ofType(type),
    listSize: (typeName, fieldName) => sizes.get(`${typeName}.${fieldName}`),
  };
}

/** Of an interface or a union the dearest type that can stand there. */
function weighType(type: GraphQLNamedType, weights: ReadonlyMap<string, number>, schema: GraphQLSchema): number {
  if (isAbstractType(type)) {
    return Math.max(1, ...schema.getPossibleTypes(type).map(({ name }) => weights.get(name) ?? 1));
  }
  return weights.get(type.name) ?? (isCompositeType(type) || isInputObjectType(type) ? 1 : 0);
}

/** A directive of the same name that is not the specification's says nothing to us. Of several subgraphs' the dearest counts. */
function readUses<Meaning>(
  uses: ReadonlyMap<string, readonly DirectiveUse[]> | undefined,
  read: (uses: readonly DirectiveUse[]) => Meaning,
): ReadonlyMap<string, Meaning> {
  const meanings = new Map<string, Meaning>();
  for (const [coordinate, all] of uses ?? []) {
    const ours = all.filter(({ feature }) => feature === costIdentity);
    if (ours.length > 0) meanings.set(coordinate, read(ours));
  }
  return meanings;
}

function readWeight(uses: readonly DirectiveUse[]): number {
  return Math.max(...uses.map(({ values }) => numberOf(values.weight) ?? 0));
}

function readListSize(uses: readonly DirectiveUse[]): ListSize {
  const assumed = uses.flatMap(({ values }) => numberOf(values.assumedSize) ?? []);
  return {
    assumedSize: assumed.length > 0 ? Math.max(0, ...assumed) : undefined,
    slicingArguments: [...new Set(uses.flatMap(({ values }) => namesOf(values.slicingArguments)))],
    sizedFields: new Set(uses.flatMap(({ values }) => namesOf(values.sizedFields))),
    needsOneArgument: uses.some(({ values }) => values.requireOneSlicingArgument !== false),
  };
}

/** Weights are `Int!` in Apollo's specification and `String!` in IBM's. */
function numberOf(value: unknown): number | undefined {
  if (value === null || value === undefined || value === '') return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

function namesOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : typeof value === 'string' ? [value] : [];
}
