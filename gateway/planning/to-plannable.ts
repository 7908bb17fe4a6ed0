import {
  type DirectiveNode,
  type DocumentNode,
  doTypesOverlap,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLAbstractType,
  type GraphQLCompositeType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  isUnionType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Supergraph } from '../supergraph/supergraph.ts';
import type { DataKeyOf } from './data-keys.ts';

/** The value of a Boolean variable in @skip and @include; undefined leaves the condition to the plan. */
export type Condition = (variable: string) => boolean | undefined;

interface Rewriting {
  readonly supergraph: Supergraph;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly dataKeyOf: DataKeyOf;
  readonly condition: Condition;
}

const typename: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

/**
 * Rewrites a valid document to an equal one that planners do not stumble over; the response is shaped by the original.
 * - @skip and @include are decided, as far as their values are known: one planner finds no plan for a root field with `@include(if: false)`, the
 *   other forgets a field whose whole selection is excluded.
 * - Fragments that apply anyway are dissolved, their conditions put on their fields: Apollo's planner fails on `... on Node`
 *   inside an @interfaceObject that is a Node, the native one fetches a conditional fragment of one for the wrong types.
 * - Where the answer depends on an object's type, `__typename` is asked for without condition.
 * - Fields are kept under their data keys (data-keys.ts).
 */
export function toPlannable(
  document: DocumentNode,
  supergraph: Supergraph,
  dataKeyOf: DataKeyOf,
  condition: Condition,
): DocumentNode {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const rewriting: Rewriting = { supergraph, fragments, dataKeyOf, condition };
  const definitions = document.definitions.map((definition) => {
    const type =
      definition.kind === Kind.OPERATION_DEFINITION
        ? supergraph.apiSchema.getRootType(definition.operation)
        : definition.kind === Kind.FRAGMENT_DEFINITION
          ? supergraph.apiSchema.getType(definition.typeCondition.name.value)
          : undefined;
    if (!isCompositeType(type) || !('selectionSet' in definition)) return definition;
    return { ...definition, selectionSet: rewriteSet(definition.selectionSet, type, rewriting) };
  });
  return { ...document, definitions };
}

function rewriteSet(set: SelectionSetNode, parent: GraphQLCompositeType, rewriting: Rewriting): SelectionSetNode {
  const selections = set.selections.flatMap((selection) => rewriteSelection(selection, parent, rewriting));
  return { ...set, selections: selections.length > 0 ? selections : [typename] };
}

function rewriteSelection(
  selection: SelectionNode,
  parent: GraphQLCompositeType,
  rewriting: Rewriting,
): readonly SelectionNode[] {
  const directives = selection.directives ?? [];
  if (directives.some((directive) => decidedValue(directive, rewriting.condition) === false)) return [];
  const open = directives.filter((directive) => decidedValue(directive, rewriting.condition) === undefined);
  if (selection.kind === Kind.FIELD) return [rewriteField({ ...selection, directives: open }, parent, rewriting)];
  const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : rewriting.fragments.get(selection.name.value);
  const condition = fragment?.typeCondition;
  const type = condition === undefined ? parent : rewriting.supergraph.apiSchema.getType(condition.name.value);
  if (fragment === undefined || !isCompositeType(type)) return [selection];
  // What the dissolved fragment around it allowed may be impossible here.
  if (!doTypesOverlap(rewriting.supergraph.apiSchema, parent, type)) return [];
  const appliesAlways = type === parent || isSupertype(rewriting.supergraph.apiSchema, type, parent);
  if (!appliesAlways && selection.kind === Kind.FRAGMENT_SPREAD) return [{ ...selection, directives: open }];
  if (appliesAlways) {
    const inside = fragment.selectionSet.selections.flatMap((each) => rewriteSelection(each, parent, rewriting));
    return inside.map((each) => conditioned(each, open));
  }
  const selectionSet = rewriteSet(fragment.selectionSet, type, rewriting);
  return [
    { kind: Kind.INLINE_FRAGMENT, directives: open, selectionSet, ...(condition && { typeCondition: condition }) },
  ];
}

/** Puts a dissolved fragment's conditions on what was in it; a second condition of the same kind needs a fragment around. */
function conditioned(selection: SelectionNode, conditions: readonly DirectiveNode[]): SelectionNode {
  if (conditions.length === 0) return selection;
  const own = selection.directives ?? [];
  const isTaken = own.some((directive) => conditions.some((each) => each.name.value === directive.name.value));
  if (!isTaken) return { ...selection, directives: [...own, ...conditions] };
  const selectionSet: SelectionSetNode = { kind: Kind.SELECTION_SET, selections: [selection] };
  return { kind: Kind.INLINE_FRAGMENT, directives: conditions, selectionSet };
}

function isSupertype(schema: GraphQLSchema, type: GraphQLCompositeType, of: GraphQLCompositeType): boolean {
  return isAbstractType(type) && (isObjectType(of) || isInterfaceType(of)) && schema.isSubType(type, of);
}

function rewriteField(field: FieldNode, parent: GraphQLCompositeType, rewriting: Rewriting): FieldNode {
  const { alias: _alias, selectionSet, ...rest } = field;
  const key = rewriting.dataKeyOf(field);
  const named: FieldNode = key === field.name.value ? rest : { ...rest, alias: { kind: Kind.NAME, value: key } };
  const definition = isUnionType(parent) ? undefined : parent.getFields()[field.name.value];
  const type = definition && getNamedType(definition.type);
  // `__schema` and `__type` are not for the planner.
  if (selectionSet === undefined || !isCompositeType(type)) return selectionSet ? { ...named, selectionSet } : named;
  const rewritten = rewriteSet(selectionSet, type, rewriting);
  // With every condition false nothing would be left, and planners then forget the field itself.
  const isConditional = rewritten.selections.every((each) => (each.directives ?? []).length > 0);
  const needsType =
    isConditional ||
    (isAbstractType(type) && (hasHiddenTypes(type, rewriting) || rewritten.selections.some(asksForType)));
  if (!needsType || rewritten.selections.some(isTypename)) return { ...named, selectionSet: rewritten };
  return { ...named, selectionSet: { ...rewritten, selections: [typename, ...rewritten.selections] } };
}

/** An object of a type that clients may not see has to be found out; a union's members share nothing anyway. */
function hasHiddenTypes(type: GraphQLAbstractType, { supergraph }: Rewriting): boolean {
  const whole = supergraph.supergraphSchema.getType(type.name);
  if (isUnionType(type) || !isAbstractType(whole)) return true;
  return (
    supergraph.supergraphSchema.getPossibleTypes(whole).length > supergraph.apiSchema.getPossibleTypes(type).length
  );
}

function isTypename(selection: SelectionNode): boolean {
  return selection.kind === Kind.FIELD && selection.name.value === '__typename' && !selection.directives?.length;
}

/** True when what is selected differs between the implementations. */
function asksForType(selection: SelectionNode): boolean {
  if (selection.kind === Kind.FIELD) return selection.name.value === '__typename';
  if (selection.kind === Kind.FRAGMENT_SPREAD) return true;
  return selection.typeCondition !== undefined || selection.selectionSet.selections.some(asksForType);
}

/** Whether a decided @skip or @include lets the selection in; undefined when it is open or neither of them. */
function decidedValue(directive: DirectiveNode, condition: Condition): boolean | undefined {
  const name = directive.name.value;
  if (name !== 'skip' && name !== 'include') return undefined;
  const value = directive.arguments?.[0]?.value;
  const isTrue =
    value?.kind === Kind.BOOLEAN
      ? value.value
      : value?.kind === Kind.VARIABLE
        ? condition(value.name.value)
        : undefined;
  return isTrue === undefined ? undefined : isTrue === (name === 'include');
}
