import {
  type DocumentNode,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isUnionType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { shownError } from '../errors.ts';
import type { AccessCheck } from './access-rules.ts';

export interface AuthorisedOperation {
  /** The document without what is refused: the only thing that planners and subgraphs ever see. */
  readonly document: DocumentNode;
  /** Coordinates of the fields that were asked for and are refused, sorted. */
  readonly refusals: readonly string[];
}

interface Authorising {
  readonly schema: GraphQLSchema;
  readonly check: AccessCheck;
  readonly refusals: Set<string>;
  selections: number;
}

const typename: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

/** A field of an interface whose implementations differ is asked of each by itself, and that within each other: it must end somewhere. */
const maxSelections = 10_000;

/**
 * Takes out of an operation what its caller may not see. A field reached through an interface obeys the rule of each implementation: where
 * they differ, it goes on being asked of those that allow it. The shape of the answer is made from the client's own document, so that each
 * field taken out is a null with an error there. Throws QUERY_TOO_COMPLEX.
 */
export function authoriseOperation(
  document: DocumentNode,
  schema: GraphQLSchema,
  check: AccessCheck,
): AuthorisedOperation {
  const authorising: Authorising = { schema, check, refusals: new Set(), selections: 0 };
  const definitions = document.definitions.map((definition) => {
    if (definition.kind !== Kind.OPERATION_DEFINITION && definition.kind !== Kind.FRAGMENT_DEFINITION)
      return definition;
    const type =
      definition.kind === Kind.OPERATION_DEFINITION
        ? schema.getRootType(definition.operation)
        : schema.getType(definition.typeCondition.name.value);
    if (!isCompositeType(type)) return definition;
    return { ...definition, selectionSet: authoriseSet(definition.selectionSet, type, authorising) };
  });
  const refusals = [...authorising.refusals].sort();
  return { document: refusals.length === 0 ? document : { ...document, definitions }, refusals };
}

function authoriseSet(set: SelectionSetNode, parent: GraphQLCompositeType, authorising: Authorising): SelectionSetNode {
  const selections = set.selections.flatMap((selection) => authoriseSelection(selection, parent, authorising));
  authorising.selections += selections.length;
  if (authorising.selections > maxSelections) {
    throw shownError('QUERY_TOO_COMPLEX', 'The operation asks for too many fields whose rules differ.');
  }
  // Whether the object is there may still be seen.
  return { ...set, selections: selections.length > 0 ? selections : [typename] };
}

function authoriseSelection(
  selection: SelectionNode,
  parent: GraphQLCompositeType,
  authorising: Authorising,
): readonly SelectionNode[] {
  switch (selection.kind) {
    case Kind.FIELD:
      return authoriseField(selection, parent, authorising);
    case Kind.FRAGMENT_SPREAD:
      return [selection];
    case Kind.INLINE_FRAGMENT: {
      const condition = selection.typeCondition && authorising.schema.getType(selection.typeCondition.name.value);
      const type = isCompositeType(condition) ? condition : parent;
      return [{ ...selection, selectionSet: authoriseSet(selection.selectionSet, type, authorising) }];
    }
    default:
      return selection satisfies never;
  }
}

function authoriseField(
  field: FieldNode,
  parent: GraphQLCompositeType,
  authorising: Authorising,
): readonly SelectionNode[] {
  const { schema, check, refusals } = authorising;
  if (isUnionType(parent) || field.name.value.startsWith('__')) return [field];
  const members = isAbstractType(parent) ? schema.getPossibleTypes(parent) : [parent];
  const allowed = members.filter(({ name }) => {
    const isRefused = check.isFieldRefused(name, field);
    if (isRefused) refusals.add(`${name}.${field.name.value}`);
    return !isRefused;
  });
  if (allowed.length === members.length) return [withAllowed(field, parent, authorising)];
  return allowed.map((member) => onMember(member, withAllowed(field, member, authorising)));
}

function withAllowed(field: FieldNode, parent: GraphQLCompositeType, authorising: Authorising): FieldNode {
  const definition = isUnionType(parent) ? undefined : parent.getFields()[field.name.value];
  const type = definition && getNamedType(definition.type);
  if (field.selectionSet === undefined || !isCompositeType(type)) return field;
  return { ...field, selectionSet: authoriseSet(field.selectionSet, type, authorising) };
}

function onMember({ name }: GraphQLObjectType, field: FieldNode): SelectionNode {
  return {
    kind: Kind.INLINE_FRAGMENT,
    typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: name } },
    selectionSet: { kind: Kind.SELECTION_SET, selections: [field] },
  };
}
