import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** A response key of a fetch: in the order in which the specification has a server write it. */
export interface AnswerKey {
  readonly key: string;
  /** False where a type condition or a directive may leave it out. */
  readonly isCertain: boolean;
  /** Of the objects under it; undefined for a leaf. */
  readonly below: readonly AnswerKey[] | undefined;
}

interface Draft {
  isCertain: boolean;
  below: Map<string, Draft> | undefined;
}

/** Lists the response keys of a fetch document, under `data`. */
export function listAnswerKeys(document: DocumentNode): readonly AnswerKey[] {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const root = new Map<string, Draft>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) addKeys(root, definition.selectionSet, true, fragments);
  }
  return toKeys(root);
}

function addKeys(
  into: Map<string, Draft>,
  { selections }: SelectionSetNode,
  isCertain: boolean,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): void {
  // One fragment and nothing else is how entities are asked for: the objects that come are of its type.
  const isOnly = selections.filter((selection) => !isTypename(selection)).length === 1;
  for (const selection of selections) {
    const isSure = isCertain && (selection.directives ?? []).length === 0;
    if (selection.kind === Kind.FIELD) {
      const key = (selection.alias ?? selection.name).value;
      const draft = into.get(key) ?? { isCertain: false, below: undefined };
      into.set(key, draft);
      draft.isCertain ||= isSure;
      if (selection.selectionSet === undefined) continue;
      draft.below ??= new Map();
      addKeys(draft.below, selection.selectionSet, true, fragments);
    } else {
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      if (fragment === undefined) continue;
      const isUnconditional = fragment.typeCondition === undefined || isOnly;
      addKeys(into, fragment.selectionSet, isSure && isUnconditional, fragments);
    }
  }
}

function isTypename(selection: SelectionNode): boolean {
  return selection.kind === Kind.FIELD && selection.name.value === '__typename';
}

function toKeys(drafts: ReadonlyMap<string, Draft>): readonly AnswerKey[] {
  return Array.from(drafts, ([key, { isCertain, below }]) => ({ key, isCertain, below: below && toKeys(below) }));
}
