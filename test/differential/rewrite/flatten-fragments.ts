import {
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isObjectType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Operation } from './operation.ts';
import { placeholder } from './placeholder.ts';

/**
 * The operation with only those fragments that choose some of the types that can stand at their place, each on an object type. One
 * that all of them pass gives way to its selections, one that none passes is left out. A fragment with conditions keeps its braces.
 */
export function flattenFragments({ document, variables }: Operation, schema: GraphQLSchema): Operation {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }

  function flattenSet(set: SelectionSetNode, parent: GraphQLNamedType): SelectionSetNode {
    const selections = set.selections.flatMap((selection) => flatten(selection, parent));
    return { ...set, selections: selections.length > 0 ? selections : [placeholder] };
  }

  function flatten(selection: SelectionNode, parent: GraphQLNamedType): readonly SelectionNode[] {
    if (selection.kind === Kind.FIELD) {
      const field = 'getFields' in parent ? parent.getFields()[selection.name.value] : undefined;
      if (selection.selectionSet === undefined || field === undefined) return [selection];
      return [{ ...selection, selectionSet: flattenSet(selection.selectionSet, getNamedType(field.type)) }];
    }
    const body = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
    if (body === undefined) return [selection];
    const on = schema.getType(body.typeCondition?.name.value ?? parent.name) ?? parent;
    const here = possibleTypes(parent, schema);
    const chosen = possibleTypes(on, schema).filter((type) => here.includes(type));
    const directives = selection.directives ?? [];
    if (on === parent || (chosen.length === here.length && 'getFields' in parent)) {
      const inner = flattenSet(body.selectionSet, parent);
      return directives.length === 0
        ? inner.selections
        : [{ kind: Kind.INLINE_FRAGMENT, directives, selectionSet: inner }];
    }
    return chosen.map((type) => ({
      kind: Kind.INLINE_FRAGMENT,
      typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: type.name } },
      directives,
      selectionSet: flattenSet(body.selectionSet, type),
    }));
  }

  const definitions = document.definitions.flatMap((definition) => {
    if (definition.kind !== Kind.OPERATION_DEFINITION) return [];
    const root = schema.getRootType(definition.operation);
    return root ? [{ ...definition, selectionSet: flattenSet(definition.selectionSet, root) }] : [definition];
  });
  return { document: { ...document, definitions }, variables };
}

function possibleTypes(type: GraphQLNamedType, schema: GraphQLSchema): readonly GraphQLObjectType[] {
  if (isObjectType(type)) return [type];
  return isAbstractType(type) ? schema.getPossibleTypes(type) : [];
}
