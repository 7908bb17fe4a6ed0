import {
  doTypesOverlap,
  type GraphQLCompositeType,
  type GraphQLInterfaceType,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isUnionType,
  Kind,
  parse,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Supergraph } from '../supergraph/supergraph.ts';

/** Whether an operation, valid against the supergraph's schema, asks something of only some types behind an @interfaceObject. */
export type AsksTypesOfInterfaceObjects = (operation: string) => boolean;

export function createInterfaceObjectCheck({ supergraphSchema: schema }: Supergraph): AsksTypesOfInterfaceObjects {
  const objects = Object.values(schema.getTypeMap()).filter(isInterfaceType).filter(isInterfaceObject);
  if (objects.length === 0) return () => false;

  return (operation) => {
    const document = parse(operation, { noLocation: true });
    const fragments = new Map(
      document.definitions.flatMap((each) =>
        each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each] as const] : [],
      ),
    );
    const seen = new Set<string>();
    const asksIn = ({ selections }: SelectionSetNode, parent: GraphQLCompositeType): boolean =>
      selections.some((each) => asks(each, parent));
    const asks = (selection: SelectionNode, parent: GraphQLCompositeType): boolean => {
      if (selection.kind === Kind.FIELD) {
        const field = isUnionType(parent) ? undefined : parent.getFields()[selection.name.value];
        const type = field && getNamedType(field.type);
        return selection.selectionSet !== undefined && isCompositeType(type) && asksIn(selection.selectionSet, type);
      }
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      const condition = fragment?.typeCondition?.name.value ?? parent.name;
      const type = schema.getType(condition);
      if (fragment === undefined || !isCompositeType(type)) return false;
      if (condition !== parent.name && objects.some((object) => doTypesOverlap(schema, object, parent))) return true;
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        if (seen.has(selection.name.value)) return false;
        seen.add(selection.name.value);
      }
      return asksIn(fragment.selectionSet, type);
    };
    return document.definitions.some((definition) => {
      const root = definition.kind === Kind.OPERATION_DEFINITION ? schema.getRootType(definition.operation) : undefined;
      return root && definition.kind === Kind.OPERATION_DEFINITION && asksIn(definition.selectionSet, root);
    });
  };
}

function isInterfaceObject({ astNode }: GraphQLInterfaceType): boolean {
  return (astNode?.directives ?? []).some((directive) =>
    directive.arguments?.some(
      ({ name, value }) => name.value === 'isInterfaceObject' && value.kind === Kind.BOOLEAN && value.value,
    ),
  );
}
