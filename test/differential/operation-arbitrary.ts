import * as fc from 'fast-check';
import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
} from 'graphql';
import { neededFields } from './strike.ts';
import type { World } from './world.ts';

/** A random operation before it is printed: a plain tree, so that fast-check can make it smaller. */
export interface OperationTree {
  readonly kind: 'query' | 'mutation';
  readonly selections: readonly SelectionTree[];
}

export type SelectionTree =
  | {
      readonly kind: 'field';
      readonly name: string;
      readonly alias: string | undefined;
      readonly args: readonly ArgumentTree[];
      readonly condition: ConditionTree | undefined;
      readonly selections: readonly SelectionTree[];
    }
  | {
      readonly kind: 'inline' | 'named';
      readonly on: string | undefined;
      readonly condition: ConditionTree | undefined;
      readonly selections: readonly SelectionTree[];
    };

export interface ArgumentTree {
  readonly name: string;
  readonly type: string;
  readonly isRequired: boolean;
  readonly value: unknown;
  readonly how: ArgumentWay;
}

/** How an argument gets its value. `overridden`: a variable that has a default and is given; `omitted`: one that has neither. */
export type ArgumentWay = 'literal' | 'variable' | 'default' | 'overridden' | 'omitted' | 'absent';

export interface ConditionTree {
  readonly directive: 'skip' | 'include';
  readonly value: boolean;
  readonly isVariable: boolean;
}

/** An enum value inside an argument value: printed without quotes in a literal. */
export class EnumName {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
  toJSON(): string {
    return this.name;
  }
}

/** A variable inside a literal; only its value wherever variables may not stand. */
export class NestedVariable {
  readonly type: string;
  readonly value: unknown;
  readonly how: 'variable' | 'default' | 'omitted';
  constructor(type: string, value: unknown, how: NestedVariable['how']) {
    this.type = type;
    this.value = value;
    this.how = how;
  }
  toJSON(): unknown {
    return this.value;
  }
}

// The order of a schema's types is not part of it; stock has a graphql-js that does not know isOneOf.
const introspectionLeftOut = ['types', 'directives', 'possibleTypes', 'isOneOf'];

/** Random operations over a schema, `maxDepth` deep. */
export function operationArbitrary(
  schema: GraphQLSchema,
  { words, beyondPlanners: leftOut, subgraphs }: Pick<World, 'words' | 'beyondPlanners' | 'subgraphs'>,
  maxDepth: number,
): fc.Arbitrary<OperationTree> {
  // Those of fields that subgraphs need from each other must not hide them.
  const aliases = ['x', 'y', 'constructor', '__proto__', '__typename', '_entities', ...neededFields({ subgraphs })];
  const memo = new Map<string, fc.Arbitrary<SelectionTree[]>>();

  function selectionsOf(type: GraphQLNamedType, depth: number): fc.Arbitrary<SelectionTree[]> {
    const key = `${type.name} ${depth}`;
    const known = memo.get(key);
    if (known) return known;
    const choices: fc.WeightedArbitrary<SelectionTree>[] = [{ weight: 1, arbitrary: typenameField() }];
    // Fragments on the query type reach it at depth 0 too; below that nothing would end the descent.
    if (type === schema.getQueryType() && depth > 0) {
      choices.push({ weight: 1, arbitrary: fieldOf(SchemaMetaFieldDef, Math.min(depth, 3)) });
      choices.push({ weight: 1, arbitrary: fieldOf(TypeMetaFieldDef, Math.min(depth, 3)) });
    }
    if ('getFields' in type) {
      for (const field of Object.values(type.getFields()) as GraphQLField<unknown, unknown>[]) {
        const named = getNamedType(field.type);
        if ((isCompositeType(named) && depth === 0) || leftOut.includes(field.name)) continue;
        if (type.name.startsWith('__') && introspectionLeftOut.includes(field.name)) continue;
        choices.push({ weight: isCompositeType(named) ? 4 : 2, arbitrary: fieldOf(field, depth) });
      }
    }
    if (depth > 0) choices.push({ weight: isAbstractType(type) ? 9 : 2, arbitrary: fragmentOn(type, depth) });
    const made = fc.array(fc.oneof(...choices), { minLength: 1, maxLength: depth === maxDepth - 1 ? 4 : 3 });
    memo.set(key, made);
    return made;
  }

  function fieldOf(field: GraphQLField<unknown, unknown>, depth: number): fc.Arbitrary<SelectionTree> {
    const named = getNamedType(field.type);
    return fc.record({
      kind: fc.constant('field' as const),
      name: fc.constant(field.name),
      alias: fc.option(fc.constantFrom(...aliases), { nil: undefined, freq: 6 }),
      args: fc.tuple(...field.args.map((argument) => argumentOf(argument, field === TypeMetaFieldDef))),
      condition: condition(),
      selections: isCompositeType(named) ? selectionsOf(named, depth - 1) : fc.constant([]),
    });
  }

  function fragmentOn(type: GraphQLNamedType, depth: number): fc.Arbitrary<SelectionTree> {
    const targets = typeConditions(schema, type);
    return fc.constantFrom(...targets).chain((target) =>
      fc.record({
        kind: fc.constantFrom('inline' as const, 'named' as const),
        on: fc.constant(target.name === type.name ? undefined : target.name),
        condition: condition(),
        selections: selectionsOf(target, depth - 1),
      }),
    );
  }

  const typeNames = Object.keys(schema.getTypeMap());

  function argumentOf(argument: GraphQLArgument, isTypeName: boolean): fc.Arbitrary<ArgumentTree> {
    const isRequired = isNonNullType(argument.type) && argument.defaultValue === undefined;
    const hows: readonly ArgumentWay[] = isRequired
      ? ['literal', 'literal', 'variable', 'default', 'overridden']
      : ['literal', 'literal', 'variable', 'default', 'overridden', 'omitted', 'absent', 'absent'];
    return fc.record({
      name: fc.constant(argument.name),
      type: fc.constant(String(argument.type)),
      isRequired: fc.constant(isNonNullType(argument.type)),
      value: inputValue(argument.type, isTypeName ? typeNames : words, 2),
      how: fc.constantFrom(...hows),
    });
  }

  const query = schema.getQueryType();
  const mutation = schema.getMutationType();
  const roots: fc.WeightedArbitrary<OperationTree>[] = [];
  if (query) roots.push({ weight: 7, arbitrary: operation('query', selectionsOf(query, maxDepth)) });
  if (mutation) roots.push({ weight: 1, arbitrary: operation('mutation', selectionsOf(mutation, maxDepth)) });
  return fc.oneof(...roots);
}

function operation(
  kind: OperationTree['kind'],
  selections: fc.Arbitrary<SelectionTree[]>,
): fc.Arbitrary<OperationTree> {
  return fc.record({ kind: fc.constant(kind), selections });
}

function typenameField(): fc.Arbitrary<SelectionTree> {
  return fc.record({
    kind: fc.constant('field' as const),
    name: fc.constant('__typename'),
    alias: sometimes(fc.constantFrom('x', 'kind')),
    args: fc.constant([]),
    condition: condition(),
    selections: fc.constant([]),
  });
}

function condition(): fc.Arbitrary<ConditionTree | undefined> {
  const made = fc.record({
    directive: fc.constantFrom('skip' as const, 'include' as const),
    value: fc.boolean(),
    isVariable: fc.boolean(),
  });
  return sometimes(made);
}

/** Once in eight times. */
function sometimes<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: 7, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
}

/** Types that a fragment on this type may narrow to, or widen to. */
function typeConditions(schema: GraphQLSchema, type: GraphQLNamedType): GraphQLNamedType[] {
  const own = isAbstractType(type)
    ? [...schema.getPossibleTypes(type)]
    : isObjectType(type)
      ? [...type.getInterfaces()]
      : [];
  const members = isAbstractType(type) ? schema.getPossibleTypes(type) : [];
  const interfaces = members.flatMap((member) => [...member.getInterfaces()]);
  return [type, ...new Set([...own, ...interfaces])];
}

function inputValue(type: GraphQLInputType, words: readonly string[], depth: number): fc.Arbitrary<unknown> {
  if (isNonNullType(type)) {
    const ofType: GraphQLInputType = type.ofType;
    return inputValue(ofType, words, depth).filter((value) => value !== null);
  }
  const present = presentValue(type, words, depth);
  return fc.oneof({ weight: 8, arbitrary: present }, { weight: 1, arbitrary: fc.constant(null) });
}

/** A value inside a list or an input object: in one of five a variable stands for it, if this is a literal. */
function memberValue(
  type: GraphQLInputType,
  words: readonly string[],
  depth: number,
  hasDefault: boolean,
): fc.Arbitrary<unknown> {
  const value = inputValue(type, words, depth);
  const mustBeGiven = isNonNullType(type) && !hasDefault;
  const how = fc.constantFrom(...(['variable', 'default', ...(mustBeGiven ? [] : ['omitted' as const])] as const));
  const variable = fc
    .tuple(value, how)
    .map(([given, way]) => new NestedVariable(way === 'omitted' ? nullableText(type) : String(type), given, way));
  return fc.oneof({ weight: 4, arbitrary: value }, { weight: 1, arbitrary: variable });
}

/** The type's name without its last `!`. */
export function nullableText(type: GraphQLInputType | string): string {
  return String(type).replace(/!$/, '');
}

function presentValue(type: GraphQLInputType, words: readonly string[], depth: number): fc.Arbitrary<unknown> {
  if (isListType(type)) {
    const list = fc.array(memberValue(type.ofType, words, depth, false), { maxLength: 3 });
    // One value alone is coerced to a list of it.
    const alone = inputValue(type.ofType, words, depth);
    return fc.oneof({ weight: 3, arbitrary: list }, { weight: 1, arbitrary: alone });
  }
  if (isEnumType(type)) return fc.constantFrom(...type.getValues().map((value) => new EnumName(value.name)));
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter((field) => depth > 0 || isNonNullType(field.type));
    const record: Record<string, fc.Arbitrary<unknown>> = {};
    for (const field of fields) {
      record[field.name] = memberValue(field.type, words, depth - 1, field.defaultValue !== undefined);
    }
    const requiredKeys = fields.filter((field) => isNonNullType(field.type) && field.defaultValue === undefined);
    return fc.record(record, { requiredKeys: requiredKeys.map((field) => field.name), noNullPrototype: true });
  }
  switch (String(type)) {
    case 'Int':
      return fc.constantFrom(0, 1, 2, 3);
    case 'Float':
      return fc.constantFrom(0, 1.5, -2);
    case 'Boolean':
      return fc.boolean();
    case 'ID':
      // A whole number is an ID too.
      return fc.constantFrom(...words, 'no "such" é', 7);
    default:
      return fc.constantFrom(...words, 'no "such" é');
  }
}
