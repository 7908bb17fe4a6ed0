import {
  type FieldNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Operation } from './operation.ts';
import { placeholder } from './placeholder.ts';

/**
 * The operation with the fields that `isLifted` names taken out of fragments on a type into the selections around them, each under
 * an alias of its own: it asks for them of all types that can stand there. Takes an operation of flattenFragments.
 */
export function liftFields(
  { document, variables }: Operation,
  schema: GraphQLSchema,
  isLifted: (interfaceName: string, fieldName: string) => boolean,
): Operation {
  let count = 0;

  function liftIn(set: SelectionSetNode, parent: GraphQLNamedType): SelectionSetNode {
    const lifted: FieldNode[] = [];
    const selections = set.selections.flatMap((selection): readonly SelectionNode[] => {
      if (selection.kind === Kind.FIELD) {
        const field = 'getFields' in parent ? parent.getFields()[selection.name.value] : undefined;
        if (selection.selectionSet === undefined || field === undefined) return [selection];
        return [{ ...selection, selectionSet: liftIn(selection.selectionSet, getNamedType(field.type)) }];
      }
      if (selection.kind === Kind.FRAGMENT_SPREAD) return [selection];
      const on = schema.getType(selection.typeCondition?.name.value ?? parent.name) ?? parent;
      const inner = liftIn(selection.selectionSet, on).selections.filter((each) => {
        if (each.kind !== Kind.FIELD || !isLifted(parent.name, each.name.value)) return true;
        lifted.push({ ...each, alias: { kind: Kind.NAME, value: `lifted_${count++}` } });
        return false;
      });
      return inner.length === 0
        ? []
        : [{ ...selection, selectionSet: { ...selection.selectionSet, selections: inner } }];
    });
    const all = [...selections, ...lifted];
    return { ...set, selections: all.length > 0 ? all : [placeholder] };
  }

  const definitions = document.definitions.map((definition) => {
    if (definition.kind !== Kind.OPERATION_DEFINITION) return definition;
    const root = schema.getRootType(definition.operation);
    return root ? { ...definition, selectionSet: liftIn(definition.selectionSet, root) } : definition;
  });
  return { document: { ...document, definitions }, variables };
}
