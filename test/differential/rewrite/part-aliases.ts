import { type FieldNode, Kind, print, visit } from 'graphql';
import type { Operation } from './operation.ts';

/** The operation with an alias of its own for each of the fields, or of a field's arguments, that share one in fragments on different types. */
export function partAliases({ document, variables }: Operation): Operation {
  const meanings = new Map<string, string[]>();
  visit(document, {
    Field(node) {
      const alias = node.alias?.value;
      if (alias === undefined) return;
      const known = meanings.get(alias) ?? [];
      meanings.set(alias, known);
      if (!known.includes(meaningOf(node))) known.push(meaningOf(node));
    },
  });
  const part = (node: FieldNode): FieldNode | undefined => {
    const shared = node.alias === undefined ? undefined : meanings.get(node.alias.value);
    if (node.alias === undefined || shared === undefined || shared.length < 2) return undefined;
    return { ...node, alias: { ...node.alias, value: `${node.alias.value}_${shared.indexOf(meaningOf(node))}` } };
  };
  return { document: visit(document, { Field: part }), variables };
}

function meaningOf({ name, arguments: given }: FieldNode): string {
  return print({ kind: Kind.FIELD, name, ...(given === undefined ? {} : { arguments: given }) });
}
