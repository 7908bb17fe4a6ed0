import {
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  type SelectionNode,
} from 'graphql';
import type { World } from '../../differential/world.ts';

export const refusedMessage = 'refused by the oracle';

/**
 * Makes a merged schema refuse what may not be seen, in the plainest way: the resolver throws. `denied` are coordinates that the caller has
 * no right to. Written from the rules as they are told, not from the gateway's code.
 */
export function refuseInResolvers(
  schema: GraphQLSchema,
  world: World,
  coordinates: ReadonlySet<string>,
): (typeName: string, fieldName: string) => boolean {
  const required = readRequired(world);
  const denied = withoutGathered(schema, coordinates);
  const typeDenied = (type: GraphQLNamedType): boolean =>
    denied.has(type.name) ||
    ((isObjectType(type) || isInterfaceType(type)) && type.getInterfaces().some(({ name }) => denied.has(name)));

  const inputDenied = (type: GraphQLNamedType, seen = new Set<string>()): boolean => {
    if (denied.has(type.name)) return true;
    if (!isInputObjectType(type) || seen.has(type.name)) return false;
    seen.add(type.name);
    return Object.values(type.getFields()).some(
      (field) => denied.has(`${type.name}.${field.name}`) || inputDenied(getNamedType(field.type), seen),
    );
  };

  const fieldDenied = (typeName: string, fieldName: string, seen = new Set<string>()): boolean => {
    if (seen.has(`${typeName}.${fieldName}`)) return false;
    seen.add(`${typeName}.${fieldName}`);
    const type = schema.getType(typeName);
    if (!isObjectType(type) && !isInterfaceType(type)) return false;
    if (typeDenied(type)) return true;
    for (const owner of [type, ...type.getInterfaces()]) {
      const field = owner.getFields()[fieldName];
      if (field !== undefined && (denied.has(`${owner.name}.${fieldName}`) || typeDenied(getNamedType(field.type)))) {
        return true;
      }
      const sets = required.get(`${owner.name}.${fieldName}`) ?? [];
      if (sets.some((set) => selectionDenied(type, selectionsOf(set), seen))) return true;
    }
    return (
      isInterfaceType(type) && schema.getPossibleTypes(type).some(({ name }) => fieldDenied(name, fieldName, seen))
    );
  };

  const selectionDenied = (type: GraphQLNamedType, selections: readonly SelectionNode[], seen: Set<string>): boolean =>
    selections.some((node) => {
      if (node.kind === Kind.FRAGMENT_SPREAD) return false;
      if (node.kind === Kind.INLINE_FRAGMENT) {
        const on = node.typeCondition && schema.getType(node.typeCondition.name.value);
        return selectionDenied(on ?? type, node.selectionSet.selections, seen);
      }
      if (fieldDenied(type.name, node.name.value, seen)) return true;
      const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[node.name.value] : undefined;
      const below = field && getNamedType(field.type);
      return below !== undefined && selectionDenied(below, node.selectionSet?.selections ?? [], seen);
    });

  const hide = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(hide);
    const typeName =
      typeof value === 'object' && value !== null && '__typename' in value ? value.__typename : undefined;
    const type = typeof typeName === 'string' ? schema.getType(typeName) : undefined;
    return type !== undefined && typeDenied(type) ? new Error(refusedMessage) : value;
  };

  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const { resolve, name } = field;
      const isDenied = fieldDenied(type.name, name);
      field.resolve = (source, args, context, info) => {
        const given = info.fieldNodes[0]?.arguments ?? [];
        const byArgument = given.some((node) =>
          [type, ...type.getInterfaces()].some((owner) => {
            const argument = owner.getFields()[name]?.args.find((each) => each.name === node.name.value);
            if (argument === undefined) return false;
            return denied.has(`${owner.name}.${name}(${argument.name}:)`) || inputDenied(getNamedType(argument.type));
          }),
        );
        if (isDenied || byArgument) throw new Error(refusedMessage);
        return hide(resolve?.(source, args, context, info));
      };
    }
  }
  return (typeName, fieldName) => fieldDenied(typeName, fieldName);
}

/** An interface that says what one of its implementations says by itself only repeats it, as composers do; otherwise it binds them all. */
function withoutGathered(schema: GraphQLSchema, coordinates: ReadonlySet<string>): ReadonlySet<string> {
  const kept = [...coordinates].filter((coordinate) => {
    const type = schema.getType(coordinate.split('.')[0] ?? '');
    if (!isInterfaceType(type)) return true;
    return !schema.getPossibleTypes(type).some(({ name }) => coordinates.has(coordinate.replace(type.name, name)));
  });
  return new Set(kept);
}

/** `@requires` of every field, as the subgraphs' own SDL has it. */
function readRequired(world: World): ReadonlyMap<string, readonly string[]> {
  const required = new Map<string, string[]>();
  for (const { sdl } of world.subgraphs) {
    for (const node of parse(sdl).definitions) {
      if (!('fields' in node) || !('name' in node)) continue;
      for (const field of node.fields ?? []) {
        for (const { name, arguments: given = [] } of field.directives ?? []) {
          const value = given[0]?.value;
          if (!name.value.endsWith('requires') || value?.kind !== Kind.STRING) continue;
          const coordinate = `${node.name?.value}.${field.name.value}`;
          required.set(coordinate, [...(required.get(coordinate) ?? []), value.value]);
        }
      }
    }
  }
  return required;
}

function selectionsOf(fieldSet: string): readonly SelectionNode[] {
  const [definition] = parse(`{ ${fieldSet} }`).definitions;
  return definition?.kind === Kind.OPERATION_DEFINITION ? definition.selectionSet.selections : [];
}
