import {
  doTypesOverlap,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLBoolean,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  GraphQLString,
  type InlineFragmentNode,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type SelectionNode,
  typeFromAST,
} from 'graphql';
import { invariant } from '../errors.ts';
import type { AccessCheck } from './access-rules.ts';
import type { DataKeyOf } from './data-keys.ts';
import { isInheritedKey } from './json.ts';

/** What the client asked of one object type, in the order of the answer. */
export interface ObjectShape {
  readonly typeName: string;
  readonly fields: readonly FieldShape[];
  /** No object of this type may be seen: it is null, with this error. */
  readonly refusal?: Refusal;
}

/** What is said where something may not be seen. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
}

export interface FieldShape {
  /** The response key. */
  readonly key: string;
  /** Where the merged data keeps it (see data-keys.ts). */
  readonly dataKey: string;
  readonly name: string;
  readonly isInherited: boolean;
  readonly value: ValueShape;
}

export type ValueShape =
  | { readonly kind: 'typename' }
  | { readonly kind: 'introspection' }
  | { readonly kind: 'refused'; readonly isNonNull: boolean; readonly refusal: Refusal }
  | LeafShape
  | { readonly kind: 'list'; readonly isNonNull: boolean; readonly item: ValueShape; readonly typeText: string }
  | CompositeShape;

export interface LeafShape {
  readonly kind: 'leaf';
  readonly isNonNull: boolean;
  readonly leaf: 'String' | 'ID' | 'Int' | 'Float' | 'Boolean' | 'enum' | 'scalar';
  /** The values of the API schema's enum; a value that is @inaccessible is not among them. */
  readonly enumValues: ReadonlySet<string> | undefined;
  readonly typeText: string;
}

/** An object whose type is known (`only`) or told by its `__typename`. */
export interface CompositeShape {
  readonly kind: 'composite';
  readonly isNonNull: boolean;
  readonly only: ObjectShape | undefined;
  readonly typeText: string;
  /** The shape for a runtime type; undefined when the type cannot stand here or clients may not see it. */
  shapeOf(typeName: unknown): ObjectShape | undefined;
  /** The shapes for all types that can stand here: for error paths into an object that is null. */
  possibleShapes(): readonly ObjectShape[];
  /** The data keys from the root to here: tells whether equal entities may share this very object (see merge.ts). */
  readonly place: string;
}

export interface ShapeInput {
  readonly schema: GraphQLSchema;
  readonly rootType: GraphQLObjectType;
  readonly selections: readonly SelectionNode[];
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly dataKeyOf: DataKeyOf;
  /** What the caller may not see; undefined hides nothing. */
  readonly access?: AccessCheck | undefined;
  /** The Boolean variables of @skip and @include. */
  readonly condition: (variable: string) => boolean;
}

/**
 * Compiles an operation's selections, for given values of its conditions, to the shape of its answer: the
 * specification's CollectFields done once per runtime type (on its first appearance) instead of once per object.
 */
export function compileResponseShape(input: ShapeInput): ObjectShape {
  return objectShape(input, input.rootType, input.selections, '');
}

function objectShape(
  input: ShapeInput,
  type: GraphQLObjectType,
  selections: readonly SelectionNode[],
  place: string,
): ObjectShape {
  const collected = new Map<string, FieldNode[]>();
  collectFields(input, type, selections, collected);
  const fields: FieldShape[] = [];
  for (const [key, nodes] of collected) fields.push(fieldShape(input, type, key, nodes, place));
  const { access } = input;
  // A root's own rule is one of its fields': there is no place above it where it could be null.
  const isRefused = access !== undefined && place !== '' && access.isTypeRefused(type.name);
  return { typeName: type.name, fields, ...(isRefused ? { refusal: access } : {}) };
}

/**
 * The shape of an object that only tells it is some implementation (an @interfaceObject does). Undefined when the client's
 * selection depends on which one: then the plan has to find out.
 */
function interfaceShape(
  input: ShapeInput,
  type: GraphQLInterfaceType,
  selections: readonly SelectionNode[],
  place: string,
): ObjectShape | undefined {
  const collected = new Map<string, FieldNode[]>();
  if (!collectFields(input, type, selections, collected)) return undefined;
  const fields: FieldShape[] = [];
  for (const [key, nodes] of collected) {
    if (input.access !== undefined && isUndecided(input.access, input.schema, type, nodes[0])) return undefined;
    const shape = fieldShape(input, type, key, nodes, place);
    if (shape.value.kind === 'typename') return undefined;
    fields.push(shape);
  }
  return { typeName: type.name, fields };
}

function fieldShape(
  input: ShapeInput,
  parent: GraphQLObjectType | GraphQLInterfaceType,
  key: string,
  nodes: readonly FieldNode[],
  place: string,
): FieldShape {
  const name = nodes[0]?.name.value ?? key;
  const dataKey = nodes[0] === undefined ? key : input.dataKeyOf(nodes[0]);
  const isInherited = isInheritedKey(dataKey);
  if (name === '__typename') return { key, dataKey, name, isInherited, value: { kind: 'typename' } };
  if (name === '__schema' || name === '__type')
    return { key, dataKey, name, isInherited, value: { kind: 'introspection' } };
  const field = parent.getFields()[name];
  const isRefused =
    input.access !== undefined && nodes[0] !== undefined && refusesAll(input.access, input.schema, parent, nodes[0]);
  if (input.access !== undefined && isRefused) {
    const value = { kind: 'refused', isNonNull: isNonNullType(field?.type), refusal: input.access } as const;
    return { key, dataKey, name, isInherited, value };
  }
  invariant(field, `validation let the unknown field ${parent.name}.${name} through`);
  const selections = nodes.flatMap((node) => node.selectionSet?.selections ?? []);
  const childPlace = place === '' ? dataKey : `${place}.${dataKey}`;
  return { key, dataKey, name, isInherited, value: valueShape(input, field.type, selections, childPlace) };
}

function refusesAll(
  access: AccessCheck,
  schema: GraphQLSchema,
  parent: GraphQLObjectType | GraphQLInterfaceType,
  field: FieldNode,
): boolean {
  if (isObjectType(parent)) return access.isFieldRefused(parent.name, field);
  return schema.getPossibleTypes(parent).every(({ name }) => access.isFieldRefused(name, field));
}

/** Only some implementations refuse it: then the type has to be found out. */
function isUndecided(
  access: AccessCheck,
  schema: GraphQLSchema,
  type: GraphQLInterfaceType,
  field: FieldNode | undefined,
): boolean {
  if (field === undefined) return false;
  const refusing = schema.getPossibleTypes(type).filter(({ name }) => access.isFieldRefused(name, field));
  return refusing.length > 0 && refusing.length < schema.getPossibleTypes(type).length;
}

function valueShape(
  input: ShapeInput,
  fieldType: GraphQLOutputType,
  selections: readonly SelectionNode[],
  place: string,
): ValueShape {
  const isNonNull = isNonNullType(fieldType);
  const type = isNonNullType(fieldType) ? fieldType.ofType : fieldType;
  const typeText = String(type);
  if (isListType(type)) {
    return { kind: 'list', isNonNull, item: valueShape(input, type.ofType, selections, place), typeText };
  }
  if (isObjectType(type)) {
    const only = objectShape(input, type, selections, place);
    return { kind: 'composite', isNonNull, only, typeText, place, shapeOf: () => only, possibleShapes: () => [only] };
  }
  if (isAbstractType(type)) {
    const possible = new Map(input.schema.getPossibleTypes(type).map((member) => [member.name, member]));
    const shapes = new Map<string, ObjectShape>();
    const untyped = isInterfaceType(type) ? interfaceShape(input, type, selections, place) : undefined;
    const shapeOf = (typeName: unknown): ObjectShape | undefined => {
      if (typeName === undefined || typeName === type.name) return untyped;
      if (typeof typeName !== 'string') return undefined;
      const known = shapes.get(typeName);
      if (known !== undefined) return known;
      const member = possible.get(typeName);
      if (member === undefined) return undefined;
      const shape = objectShape(input, member, selections, place);
      shapes.set(typeName, shape);
      return shape;
    };
    const possibleShapes = () => Array.from(possible.keys(), shapeOf).filter((shape) => shape !== undefined);
    return { kind: 'composite', isNonNull, only: undefined, typeText, place, shapeOf, possibleShapes };
  }
  const enumValues = isEnumType(type) ? new Set(type.getValues().map((value) => value.name)) : undefined;
  return { kind: 'leaf', isNonNull, leaf: leafKind(type), enumValues, typeText };
}

function leafKind(type: GraphQLOutputType): LeafShape['leaf'] {
  if (isEnumType(type)) return 'enum';
  switch (String(type)) {
    case GraphQLString.name:
      return 'String';
    case GraphQLID.name:
      return 'ID';
    case GraphQLInt.name:
      return 'Int';
    case GraphQLFloat.name:
      return 'Float';
    case GraphQLBoolean.name:
      return 'Boolean';
    default:
      return 'scalar';
  }
}

/** False when the type is an interface and some fragment applies to only some of its implementations. */
function collectFields(
  input: ShapeInput,
  type: GraphQLObjectType | GraphQLInterfaceType,
  selections: readonly SelectionNode[],
  collected: Map<string, FieldNode[]>,
): boolean {
  let isDecided = true;
  for (const selection of selections) {
    if (!isIncluded(input, selection)) continue;
    if (selection.kind === Kind.FIELD) {
      const key = selection.alias?.value ?? selection.name.value;
      const nodes = collected.get(key);
      if (nodes) nodes.push(selection);
      else collected.set(key, [selection]);
      continue;
    }
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : input.fragments.get(selection.name.value);
    invariant(fragment, 'validation let an unknown fragment through');
    if (appliesTo(input.schema, fragment, type)) {
      if (!collectFields(input, type, fragment.selectionSet.selections, collected)) isDecided = false;
    } else if (isInterfaceType(type) && mayApplyTo(input.schema, fragment, type)) isDecided = false;
  }
  return isDecided;
}

function appliesTo(
  schema: GraphQLSchema,
  fragment: FragmentDefinitionNode | InlineFragmentNode,
  type: GraphQLObjectType | GraphQLInterfaceType,
): boolean {
  if (fragment.typeCondition === undefined) return true;
  const condition = typeFromAST(schema, fragment.typeCondition);
  return condition === type || (isAbstractType(condition) && schema.isSubType(condition, type));
}

function mayApplyTo(
  schema: GraphQLSchema,
  fragment: FragmentDefinitionNode | InlineFragmentNode,
  type: GraphQLInterfaceType,
): boolean {
  const condition = fragment.typeCondition && typeFromAST(schema, fragment.typeCondition);
  return isCompositeType(condition) && doTypesOverlap(schema, type, condition);
}

function isIncluded(input: ShapeInput, selection: SelectionNode): boolean {
  for (const directive of selection.directives ?? []) {
    const name = directive.name.value;
    if (name !== 'skip' && name !== 'include') continue;
    const value = directive.arguments?.find((argument) => argument.name.value === 'if')?.value;
    const isTrue =
      value?.kind === Kind.VARIABLE
        ? input.condition(value.name.value)
        : value?.kind === Kind.BOOLEAN && value.value === true;
    if (isTrue === (name === 'skip')) return false;
  }
  return true;
}
