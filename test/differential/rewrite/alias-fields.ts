import { type FieldNode, visit } from 'graphql';
import type { Operation } from './operation.ts';

/** The operation with an alias for each of these fields that has none. */
export function aliasFields({ document, variables }: Operation, names: ReadonlySet<string>): Operation {
  const alias = (node: FieldNode): FieldNode | undefined => {
    if (!names.has(node.name.value) || (node.alias?.value ?? node.name.value) !== node.name.value) return undefined;
    return { ...node, alias: { ...node.name, value: `aliased_${node.name.value}` } };
  };
  return { document: visit(document, { Field: alias }), variables };
}
