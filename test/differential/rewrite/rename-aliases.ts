import { type FieldNode, type GraphQLSchema, isInterfaceType, isObjectType, visit } from 'graphql';
import type { Operation } from './operation.ts';

/** The operation with another name for each alias that is the name of some field, or begins as names of the system do. */
export function renameAliases({ document, variables }: Operation, schema: GraphQLSchema): Operation {
  const names = new Set<string>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (isObjectType(type) || isInterfaceType(type)) for (const name of Object.keys(type.getFields())) names.add(name);
  }
  const rename = (node: FieldNode): FieldNode | undefined => {
    const alias = node.alias?.value;
    if (alias === undefined || alias === node.name.value) return undefined;
    if (!names.has(alias) && !alias.startsWith('__')) return undefined;
    return { ...node, alias: { ...(node.alias ?? node.name), value: `renamed_${alias}` } };
  };
  return { document: visit(document, { Field: rename }), variables };
}
