import { type DocumentNode, type FragmentDefinitionNode, Kind, type SelectionSetNode } from 'graphql';
import { isInheritedKey } from './json.ts';
import type { Rewrite } from './plan-node.ts';

/** The response keys that a fetch may bring, so that merging reads these and nothing else a subgraph sends. */
export interface MergeTree {
  readonly entries: readonly MergeEntry[];
}

export interface MergeEntry {
  readonly key: string;
  readonly isInherited: boolean;
  /** Undefined for a leaf. */
  readonly children: MergeTree | undefined;
  /** True when the value may stand, by reference, in several parents (set by the compiler, see merge.ts). */
  readonly isShareable: boolean;
}

export interface MergeTreeInput {
  readonly document: DocumentNode;
  /** The root field whose answer is merged; undefined for the whole answer. */
  readonly under: string | undefined;
  readonly outputRewrites: readonly Rewrite[];
  readonly isShareable: (key: string) => boolean;
}

interface Draft {
  children: Map<string, Draft> | undefined;
}

/** Reads the response keys of a fetch document. */
export function compileMergeTree({ document, under, outputRewrites, isShareable }: MergeTreeInput): MergeTree {
  const fragments = new Map<string, FragmentDefinitionNode>();
  const root: Draft = { children: new Map() };
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) addKeys(root, definition.selectionSet, fragments);
  }
  const draft = under === undefined ? root : (root.children?.get(under) ?? { children: undefined });
  for (const rewrite of outputRewrites) addRenamedKey(draft, rewrite);
  return toTree(draft, isShareable);
}

function addKeys(
  draft: Draft,
  selectionSet: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): void {
  for (const selection of selectionSet.selections) {
    if (selection.kind === Kind.FIELD) {
      const key = selection.alias?.value ?? selection.name.value;
      draft.children ??= new Map();
      const child = draft.children.get(key) ?? { children: undefined };
      draft.children.set(key, child);
      if (selection.selectionSet) addKeys(child, selection.selectionSet, fragments);
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      addKeys(draft, selection.selectionSet, fragments);
    } else {
      const fragment = fragments.get(selection.name.value);
      if (fragment) addKeys(draft, fragment.selectionSet, fragments);
    }
  }
}

/** A key that is renamed after the fetch is merged under its new name, and under the old one where no rename applies. */
function addRenamedKey(draft: Draft, rewrite: Rewrite): void {
  if (rewrite.kind !== 'rename') return;
  const keys = rewrite.path.flatMap((segment) => (segment.kind === 'field' ? [segment.key] : []));
  const last = keys.pop();
  let at: Draft | undefined = draft;
  for (const key of keys) at = at?.children?.get(key);
  const renamed = last === undefined ? undefined : at?.children?.get(last);
  if (renamed === undefined || at?.children === undefined) return;
  const existing = at.children.get(rewrite.to);
  if (existing === undefined) at.children.set(rewrite.to, renamed);
  else if (renamed.children !== undefined) {
    existing.children = new Map([...(existing.children ?? []), ...renamed.children]);
  }
}

function toTree(draft: Draft, isShareable: (key: string) => boolean): MergeTree {
  const entries: MergeEntry[] = [];
  for (const [key, child] of draft.children ?? []) {
    entries.push({
      key,
      isInherited: isInheritedKey(key),
      children: child.children === undefined ? undefined : toTree(child, () => true),
      isShareable: isShareable(key),
    });
  }
  return { entries };
}

/** Lists the places (`place` + response keys, joined by dots) of all objects and lists that a tree may write. */
export function* compositePlaces(tree: MergeTree, place: string): Generator<string> {
  for (const entry of tree.entries) {
    if (entry.children === undefined) continue;
    const childPlace = place === '' ? entry.key : `${place}.${entry.key}`;
    yield childPlace;
    yield* compositePlaces(entry.children, childPlace);
  }
}
