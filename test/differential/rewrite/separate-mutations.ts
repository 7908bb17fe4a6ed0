import { Kind } from 'graphql';
import type { Operation } from './operation.ts';

/** A mutation as several, each with one of its root fields; a query as it is. Takes an operation of flattenFragments. */
export function separateMutations({ document, variables }: Operation): readonly Operation[] {
  const operation = document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  if (operation?.operation !== 'mutation') return [{ document, variables }];
  return operation.selectionSet.selections.map((selection) => {
    const alone = { ...operation, selectionSet: { ...operation.selectionSet, selections: [selection] } };
    return {
      document: {
        ...document,
        definitions: document.definitions.map((definition) => (definition === operation ? alone : definition)),
      },
      variables,
    };
  });
}
