import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLNamedOutputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
} from 'graphql';
import { invariant } from '../errors.ts';
import { type CostTerm, combine, sum } from './cost-term.ts';
import type { CostWeights } from './cost-weights.ts';
import { argumentsCost } from './input-cost.ts';
import { declaredSize, listDepth, type SizeOptions } from './list-size.ts';

export interface CostInput {
  /** What the document was validated against. */
  readonly schema: GraphQLSchema;
  readonly weights: CostWeights;
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly defaultListSize: number;
  /** Whether `requireOneSlicingArgument` is insisted on. */
  readonly isStrict: boolean;
}

export interface CompiledCost {
  readonly estimate: CostTerm;
  /** Of the arguments of the fields that have costly ones, by their path of response keys: `author.books`. */
  readonly argumentCosts: ReadonlyMap<string, CostTerm>;
  /** The variables that it depends on. */
  readonly variables: ReadonlySet<string>;
}

/**
 * The estimated cost of an operation, as a function of its coerced variables: what it can bring at most, if lists have the size that is said of
 * them. @skip and @include are counted as if everything came; of an interface or a union the dearest type counts. Linear
 * in the selections after expanding fragments, which the request limits bound. The sums are those of
 * https://www.apollographql.com/docs/graphos/routing/security/demand-control but for two: a field that is selected twice comes once, and
 * a list of lists is one.
 */
export function compileCost(input: CostInput): CompiledCost {
  const variables = new Set<string>();
  const argumentCosts = new Map<string, CostTerm>();
  const { defaultListSize, isStrict, schema, operation } = input;
  const sizes = { defaultListSize, isStrict, uses: (name: string) => void variables.add(name) };
  const rootType = schema.getRootType(operation.operation);
  invariant(rootType, `validation let a ${operation.operation} through`);
  const fields = selectionsCost([{ type: rootType, selections: operation.selectionSet.selections }], rootType, {
    ...input,
    sizes,
    argumentCosts,
    sized: none,
    path: '',
  });
  const whole = sum([operation.operation === 'mutation' ? mutationCost : 0, fields]);
  return { estimate: combine([whole], ([cost = 0]) => Math.max(0, cost)), argumentCosts, variables };
}

/** What a mutation costs before anything of it is counted. */
export const mutationCost = 10;

interface Compiling extends CostInput {
  readonly sizes: SizeOptions;
  readonly argumentCosts: Map<string, CostTerm>;
  /** What the field above says of the sizes of the lists below it. */
  readonly sized: ReadonlyMap<string, CostTerm>;
  readonly path: string;
}

const none: ReadonlyMap<string, CostTerm> = new Map();

/** Selections and the type that they were written for. */
interface Selected {
  readonly type: GraphQLNamedOutputType;
  readonly selections: readonly SelectionNode[];
}

/** A field as it is selected on some of the types that can stand there. */
interface FieldGroup {
  /** The type whose field it was validated as. */
  readonly parent: GraphQLObjectType | GraphQLInterfaceType;
  readonly possible: Possible;
  readonly nodes: FieldNode[];
}

/** Object types; equal ones are the same object within one selection. */
type Possible = readonly GraphQLObjectType[];

function selectionsCost(selected: readonly Selected[], type: GraphQLNamedOutputType, compiling: Compiling): CostTerm {
  const groups = collect(selected, possibleTypes(type, compiling.schema), compiling);
  const byTypes = new Map<Possible, CostTerm[]>();
  for (const [key, group] of groups) {
    const term = fieldCost(key, group, compiling);
    const terms = byTypes.get(group.possible) ?? [];
    terms.push(term);
    byTypes.set(group.possible, terms);
  }
  const terms = [...byTypes.values()].map(sum);
  if (terms.length <= 1) return terms[0] ?? 0;
  return combine(terms, worstOf([...byTypes.keys()]));
}

/** Each type gets what was selected on it; the dearest counts. Types that get the same are looked at once. */
function worstOf(places: readonly Possible[]): (costs: readonly number[]) => number {
  const cases = new Map<string, readonly number[]>();
  const members = places.map((possible) => new Set(possible));
  for (const type of new Set(places.flat())) {
    const has = members.flatMap((types, index) => (types.has(type) ? [index] : []));
    cases.set(has.join(), has);
  }
  const all = [...cases.values()];
  return (costs) => {
    let worst = 0;
    for (const has of all) {
      let total = 0;
      for (const index of has) total += costs[index] ?? 0;
      worst = Math.max(worst, total);
    }
    return worst;
  };
}

/** The fields by response key and by the types that they apply to; a key that comes twice for the same types is one field. */
function collect(
  selected: readonly Selected[],
  possible: Possible,
  { schema, fragments }: Compiling,
): Map<string, FieldGroup> {
  const groups = new Map<string, FieldGroup>();
  const narrowed = new Map<string, Possible>([[keyOf(possible), possible]]);
  const narrow = (types: Possible, condition: string | undefined): Possible => {
    const other = condition === undefined ? undefined : schema.getType(condition);
    if (!isCompositeType(other)) return types;
    const allowed = new Set(possibleTypes(other, schema));
    const found = types.filter((type) => allowed.has(type));
    const known = narrowed.get(keyOf(found)) ?? found;
    narrowed.set(keyOf(found), known);
    return known;
  };
  const walk = (selections: readonly SelectionNode[], type: GraphQLNamedOutputType, types: Possible): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        if (selection.name.value.startsWith('__') || !(isObjectType(type) || isInterfaceType(type))) continue;
        const key = selection.alias?.value ?? selection.name.value;
        const id = `${key}\n${keyOf(types)}`;
        const group = groups.get(id);
        if (group) group.nodes.push(selection);
        else groups.set(id, { parent: type, possible: types, nodes: [selection] });
        continue;
      }
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      invariant(fragment, 'validation let an unknown fragment through');
      const condition = fragment.typeCondition?.name.value;
      const inside = narrow(types, condition);
      if (inside.length === 0) continue;
      const found = condition === undefined ? type : schema.getType(condition);
      walk(fragment.selectionSet.selections, isCompositeType(found) ? found : type, inside);
    }
  };
  for (const { selections, type } of selected) walk(selections, type, narrow(possible, type.name));
  return groups;
}

function fieldCost(id: string, { parent, possible, nodes }: FieldGroup, compiling: Compiling): CostTerm {
  const [node] = nodes;
  const field = node && parent.getFields()[node.name.value];
  invariant(node && field, `validation let an unknown field of ${parent.name} through`);
  const key = id.slice(0, id.indexOf('\n'));
  const path = compiling.path === '' ? key : `${compiling.path}.${key}`;
  const ways = waysOf(field, possible, node, compiling);
  const given = combine(
    ways.map((way) => way.given),
    (costs) => Math.max(...costs),
  );
  if (given !== 0) compiling.argumentCosts.set(path, given);
  const sized = compiling.sized.get(field.name);
  const type = getNamedType(field.type);
  const below = selectionsCost(
    nodes.map((each) => ({ type, selections: each.selectionSet?.selections ?? [] })),
    type,
    { ...compiling, path, sized: sizedBelow(ways) },
  );
  const depth = listDepth(field.type);
  const inner = compiling.defaultListSize ** Math.max(0, depth - 1);
  const sizes = ways.map(({ size }) => (depth === 0 ? 1 : (sized ?? size ?? compiling.defaultListSize)));
  const count = ways.length;
  return combine([below, given, ...sizes], ([each = 0, fixed = 0, ...items]) => {
    let worst = 0;
    for (let at = 0; at < count; at++)
      worst = Math.max(worst, (items[at] ?? 0) * inner * ((ways[at]?.weight ?? 0) + each));
    return worst + fixed;
  });
}

/** What the possible types say of one field of theirs. */
interface Way {
  readonly weight: number;
  /** Undefined: nothing is said. */
  readonly size: CostTerm | undefined;
  readonly sizedFields: ReadonlySet<string>;
  readonly given: CostTerm;
}

/** Types that say the same of a field are one way; most often there is one. */
function waysOf(
  field: GraphQLField<unknown, unknown>,
  possible: Possible,
  node: FieldNode,
  { weights, sizes }: Compiling,
): readonly Way[] {
  const listSizes = possible.map(({ name }) => weights.listSize(name, field.name));
  const options = { ...sizes, isStrict: sizes.isStrict && possible.length === 1 };
  const ways = new Map<string, Way>();
  possible.forEach((type, index) => {
    const own = type.getFields()[field.name] ?? field;
    const listSize = listSizes[index];
    const given = sum(argumentsCost(node.arguments ?? [], own.args, `${type.name}.${field.name}`, weights, sizes.uses));
    const weight = weights.ofField(type.name, field.name, getNamedType(own.type));
    const size = listSize && declaredSize(listSize, own, node, options);
    // What follows from variables is not compared: such a way stands by itself.
    const isFixed = typeof given === 'number' && typeof size !== 'function';
    const same = isFixed ? [weight, size, given, ...(listSize?.sizedFields ?? [])].join() : type.name;
    ways.set(same, { weight, size, sizedFields: listSize?.sizedFields ?? new Set(), given });
  });
  return [...ways.values()];
}

function sizedBelow(ways: readonly Way[]): ReadonlyMap<string, CostTerm> {
  const found = new Map<string, CostTerm[]>();
  for (const { size, sizedFields } of ways) {
    for (const name of size === undefined ? [] : sizedFields) found.set(name, [...(found.get(name) ?? []), size ?? 0]);
  }
  const largest = [...found].map(([name, terms]): [string, CostTerm] => [
    name,
    combine(terms, (sizes) => Math.max(...sizes)),
  ]);
  return largest.length === 0 ? none : new Map(largest);
}

function possibleTypes(type: GraphQLNamedOutputType, schema: GraphQLSchema): Possible {
  if (isObjectType(type)) return [type];
  return isAbstractType(type) ? schema.getPossibleTypes(type) : [];
}

const keys = new WeakMap<Possible, string>();

function keyOf(possible: Possible): string {
  const known = keys.get(possible);
  if (known !== undefined) return known;
  const key = possible.map(({ name }) => name).join();
  keys.set(possible, key);
  return key;
}
