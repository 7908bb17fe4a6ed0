import { type DocumentNode, type FragmentDefinitionNode, Kind, parse, type SelectionSetNode, visit } from 'graphql';
import { type DocumentShape, maxNesting } from './document-shape.ts';

/** The size of a document, each number the largest of its operations. */
export interface DocumentMeasure {
  readonly tokens: number;
  /** Fields below fields, fragments counted; what hangs below `__schema` and `__type` is not (the specified rules bound it). */
  readonly depth: number;
  readonly aliases: number;
  readonly rootFields: number;
  readonly mutationRootFields: number;
  /** Fields after expanding every fragment spread. */
  readonly selections: number;
  readonly longestList: number;
  readonly hasQuery: boolean;
  readonly hasIntrospection: boolean;
  readonly hasUnstorableText: boolean;
}

const nothing: DocumentMeasure = {
  tokens: 0,
  depth: 0,
  aliases: 0,
  rootFields: 0,
  mutationRootFields: 0,
  selections: 0,
  longestList: 0,
  hasQuery: true,
  hasIntrospection: false,
  hasUnstorableText: false,
};

/**
 * Measures a document in time linear in its text; all documents of one shape measure the same, but for what is in their texts. One that is too large
 * is not parsed. What is not GraphQL measures as nothing: the parser of the pipeline says what is wrong with it.
 */
export function measureDocument(shape: DocumentShape | undefined): DocumentMeasure {
  if (shape === undefined) return nothing;
  const { text, tokens, nesting, isWhole, hasUnstorableText } = shape;
  if (!isWhole) return { ...nothing, tokens, depth: nesting > maxNesting ? Number.POSITIVE_INFINITY : 0 };
  try {
    return { ...measureTree(parse(text, { noLocation: true })), tokens, hasUnstorableText };
  } catch {
    return nothing;
  }
}

function measureTree(document: DocumentNode): Omit<DocumentMeasure, 'tokens' | 'hasUnstorableText'> {
  const measure = createSelectionMeasure(document);
  let { depth, rootFields, mutationRootFields, selections } = nothing;
  for (const node of document.definitions) {
    if (node.kind !== Kind.OPERATION_DEFINITION) continue;
    const size = measure(node.selectionSet);
    depth = Math.max(depth, size.depth);
    selections = Math.max(selections, size.selections);
    rootFields = Math.max(rootFields, size.rootFields);
    if (node.operation === 'mutation') mutationRootFields = Math.max(mutationRootFields, size.rootFields);
  }
  const hasQuery = document.definitions.some(
    (node) => node.kind === Kind.OPERATION_DEFINITION && node.operation === 'query',
  );
  return { depth, rootFields, mutationRootFields, selections, hasQuery, ...measureLeaves(document) };
}

interface SelectionSize {
  readonly depth: number;
  readonly rootFields: number;
  readonly selections: number;
}

/**
 * A fragment is measured once and its size added wherever it is spread, so that 25 fragments that each spread the next
 * twice (2^25 fields) take 25 steps. A cycle counts as empty where it closes: validation refuses it.
 */
function createSelectionMeasure(document: DocumentNode): (set: SelectionSetNode) => SelectionSize {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  }
  const empty: SelectionSize = { depth: 0, rootFields: 0, selections: 0 };
  const measured = new Map<string, SelectionSize>();

  const measureFragment = (name: string): SelectionSize => {
    const known = measured.get(name);
    if (known !== undefined) return known;
    measured.set(name, empty);
    const fragment = fragments.get(name);
    const size = fragment === undefined ? empty : measureSet(fragment.selectionSet);
    measured.set(name, size);
    return size;
  };

  const measureSet = (set: SelectionSetNode): SelectionSize => {
    let { depth, rootFields, selections } = empty;
    for (const node of set.selections) {
      if (node.kind === Kind.FIELD) {
        const below = node.selectionSet === undefined ? empty : measureSet(node.selectionSet);
        const isIntrospection = node.name.value === '__schema' || node.name.value === '__type';
        depth = Math.max(depth, 1 + (isIntrospection ? 0 : below.depth));
        rootFields += 1;
        selections += 1 + below.selections;
      } else {
        const inside =
          node.kind === Kind.INLINE_FRAGMENT ? measureSet(node.selectionSet) : measureFragment(node.name.value);
        depth = Math.max(depth, inside.depth);
        rootFields += inside.rootFields;
        selections += inside.selections;
      }
    }
    return { depth, rootFields, selections };
  };
  return measureSet;
}

function measureLeaves(document: DocumentNode): Pick<DocumentMeasure, 'aliases' | 'longestList' | 'hasIntrospection'> {
  let { aliases, longestList, hasIntrospection } = nothing;
  visit(document, {
    Field(node) {
      if (node.alias !== undefined) aliases++;
      if (node.name.value === '__schema' || node.name.value === '__type') hasIntrospection = true;
    },
    ListValue(node) {
      longestList = Math.max(longestList, node.values.length);
    },
  });
  return { aliases, longestList, hasIntrospection };
}
