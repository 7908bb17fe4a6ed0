import { type DocumentNode, type FieldNode, getOperationAST, Kind, type SelectionSetNode } from 'graphql';
import type { LiveFeed } from './live-feed.ts';

/** Where in a client's own response stands what conflation needs: fields may go by aliases, and an alias may wear another field's name. */
export interface ConflationPlaces {
  readonly list: string;
  readonly key: readonly (readonly string[])[];
  /** Undefined when the client does not ask for the cursor. */
  readonly cursor: string | undefined;
}

/** Undefined when the feed may not be conflated, or the operation does not select the whole key. */
export function findConflationPlaces(
  document: DocumentNode,
  operationName: string | undefined,
  feed: LiveFeed,
): ConflationPlaces | undefined {
  const operation = getOperationAST(document, operationName);
  if (operation == null || feed.conflateList === undefined) return undefined;
  const find = (sets: readonly SelectionSetNode[], name: string) => findField(sets, name, document);
  const roots = fieldsOf([operation.selectionSet], document).filter(({ name }) => name.value !== '__typename');
  const events = setsOf(roots);
  const list = find(events, feed.conflateList);
  if (list === undefined) return undefined;
  const key: string[][] = [];
  for (const path of feed.conflateKey) {
    const keys: string[] = [];
    let sets = setsOf(list.nodes);
    for (const name of path) {
      const found = find(sets, name);
      if (found === undefined) return undefined;
      keys.push(found.responseKey);
      sets = setsOf(found.nodes);
    }
    key.push(keys);
  }
  return { list: list.responseKey, key, cursor: find(events, feed.cursorField)?.responseKey };
}

/** A response key that holds this field and never another, which an object of another type may put there. */
function findField(sets: readonly SelectionSetNode[], name: string, document: DocumentNode) {
  const byKey = Map.groupBy(fieldsOf(sets, document), (field) => field.alias?.value ?? field.name.value);
  for (const [responseKey, nodes] of byKey) {
    if (nodes.every((node) => node.name.value === name)) return { responseKey, nodes };
  }
  return undefined;
}

/** All fields of selection sets, those in fragments too. The document is validated: fragments exist and do not go in circles. */
function fieldsOf(sets: readonly SelectionSetNode[], document: DocumentNode): readonly FieldNode[] {
  return sets.flatMap((set) =>
    set.selections.flatMap((node): readonly FieldNode[] => {
      switch (node.kind) {
        case Kind.FIELD:
          return [node];
        case Kind.INLINE_FRAGMENT:
          return fieldsOf([node.selectionSet], document);
        case Kind.FRAGMENT_SPREAD: {
          const fragment = document.definitions.find(
            (each) => each.kind === Kind.FRAGMENT_DEFINITION && each.name.value === node.name.value,
          );
          return fragment?.kind === Kind.FRAGMENT_DEFINITION ? fieldsOf([fragment.selectionSet], document) : [];
        }
        default:
          return node satisfies never;
      }
    }),
  );
}

function setsOf(nodes: readonly FieldNode[]): readonly SelectionSetNode[] {
  return nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
}
