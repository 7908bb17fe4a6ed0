import { type DocumentNode, getOperationAST, Kind, type SelectionNode } from 'graphql';

/** Names of an operation's root fields, each once; of those in fragments too. */
export function listRootFields(document: DocumentNode, operationName: string | undefined): readonly string[] {
  const names = new Set<string>();
  const add = (selections: readonly SelectionNode[]): void => {
    for (const node of selections) {
      if (node.kind === Kind.FIELD) names.add(node.name.value);
      else if (node.kind === Kind.INLINE_FRAGMENT) add(node.selectionSet.selections);
      else add(findFragment(document, node.name.value));
    }
  };
  add(getOperationAST(document, operationName)?.selectionSet.selections ?? []);
  return [...names];
}

/** A valid document has no circle of fragments. */
function findFragment({ definitions }: DocumentNode, name: string): readonly SelectionNode[] {
  for (const node of definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION && node.name.value === name) return node.selectionSet.selections;
  }
  return [];
}
