import { type FieldNode, type GraphQLSchema, isInterfaceType, isObjectType } from 'graphql';
import { argumentsText, readRequiredArguments } from './required-arguments.ts';

/** Decides under which key a field's value is kept in the merged data; the client reads it under its response key. */
export type DataKeyOf = (field: FieldNode) => string;

const chosen = new WeakMap<GraphQLSchema, DataKeyOf>();

/**
 * A client may call any field `id`, `__typename` or `__proto__`: the first would hide a key that the plan fetches for
 * itself (both planners then send the wrong representation), the last would reach prototypes. Such aliases get another
 * name in everything that goes to planners and subgraphs. So does a field without alias that subgraphs need with other arguments than
 * the client gives it: `weight(unit: GRAM)` beside a field that @requires `weight(unit: KILO)`.
 */
export function dataKeysFor(supergraphSchema: GraphQLSchema): DataKeyOf {
  const known = chosen.get(supergraphSchema);
  if (known !== undefined) return known;
  const fieldNames = new Set<string>();
  for (const type of Object.values(supergraphSchema.getTypeMap())) {
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const name of Object.keys(type.getFields())) fieldNames.add(name);
  }
  let prefix = '_r_';
  while (Array.from(fieldNames).some((name) => name.startsWith(prefix))) prefix = `_r${prefix}`;
  const required = readRequiredArguments(supergraphSchema);
  const dataKeyOf: DataKeyOf = ({ alias, name, arguments: args }) => {
    if (name.value === '__typename') return '__typename';
    if (alias === undefined || alias.value === name.value) {
      const needed = required.get(name.value);
      const isNeededOtherwise = needed !== undefined && (needed.size > 1 || !needed.has(argumentsText(args)));
      return isNeededOtherwise ? prefix + name.value : name.value;
    }
    const isUnsafe = fieldNames.has(alias.value) || alias.value.startsWith('_') || alias.value in Object.prototype;
    return isUnsafe ? prefix + alias.value : alias.value;
  };
  chosen.set(supergraphSchema, dataKeyOf);
  return dataKeyOf;
}
