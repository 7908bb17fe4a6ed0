import {
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isLeafType,
  isNonNullType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Operation } from './operation.ts';
import { placeholder } from './placeholder.ts';

/**
 * The operation without the leaves that must not be null in fragments that choose one of these interfaces' types, so that none of
 * those can fail its object. Takes an operation of flattenFragments.
 */
export function dropRequired(
  { document, variables }: Operation,
  schema: GraphQLSchema,
  interfaceNames: ReadonlySet<string>,
): Operation {
  function dropIn(set: SelectionSetNode, parent: GraphQLNamedType, isChosen: boolean): SelectionSetNode {
    const selections = set.selections.flatMap((selection): readonly SelectionNode[] => {
      if (selection.kind === Kind.FRAGMENT_SPREAD) return [selection];
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        const on = schema.getType(selection.typeCondition?.name.value ?? parent.name) ?? parent;
        const inner = dropIn(selection.selectionSet, on, isChosen || interfaceNames.has(parent.name));
        return [{ ...selection, selectionSet: inner }];
      }
      const field = 'getFields' in parent ? parent.getFields()[selection.name.value] : undefined;
      if (field === undefined || !('type' in field)) return [selection];
      const below = getNamedType(field.type);
      if (isChosen && isNonNullType(field.type) && isLeafType(below)) return [];
      if (selection.selectionSet === undefined) return [selection];
      return [{ ...selection, selectionSet: dropIn(selection.selectionSet, below, false) }];
    });
    return { ...set, selections: selections.length > 0 ? selections : [placeholder] };
  }

  const definitions = document.definitions.map((definition) => {
    if (definition.kind !== Kind.OPERATION_DEFINITION) return definition;
    const root = schema.getRootType(definition.operation);
    return root ? { ...definition, selectionSet: dropIn(definition.selectionSet, root, false) } : definition;
  });
  return { document: { ...document, definitions }, variables };
}
