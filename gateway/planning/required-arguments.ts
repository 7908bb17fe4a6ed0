import { type ArgumentNode, type GraphQLSchema, isInterfaceType, isObjectType, print } from 'graphql';
import { listFieldSets, listFieldsIn } from './field-sets.ts';

/** The arguments, as argumentsText writes them, with which subgraphs need a field of each other, by the field's name. */
export type RequiredArguments = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Reads every field that a @key, @requires or @provides of a supergraph names, at any depth. By name alone: a field of an interface
 * and that of its implementation must not be told apart, and other types that have one of that name lose nothing by it.
 */
export function readRequiredArguments(supergraphSchema: GraphQLSchema): RequiredArguments {
  const fieldSets = new Set<string>();
  for (const type of Object.values(supergraphSchema.getTypeMap())) {
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const node of [type.astNode, ...Object.values(type.getFields()).map(({ astNode }) => astNode)]) {
      for (const text of listFieldSets(node?.directives ?? [], ['key', 'requires', 'provides'])) fieldSets.add(text);
    }
  }
  const required = new Map<string, Set<string>>();
  for (const field of Array.from(fieldSets).flatMap(listFieldsIn)) {
    const known = required.get(field.name.value) ?? new Set();
    required.set(field.name.value, known.add(argumentsText(field.arguments)));
  }
  return required;
}

/** Arguments in an order of their own. Equal texts are equal arguments; not the other way round. */
export function argumentsText(args: readonly ArgumentNode[] | undefined): string {
  return args === undefined || args.length === 0 ? '' : args.map(print).sort().join();
}
