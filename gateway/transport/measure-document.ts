import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  Lexer,
  parse,
  type SelectionSetNode,
  Source,
  TokenKind,
  visit,
} from 'graphql';
import { isUnstorable } from './unstorable-text.ts';

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
 * Brackets within brackets, of any kind. The parser recurses into each, and 1,300 of `[` are more than its stack; fields are
 * bounded by their own, lower limit.
 */
const maxNesting = 100;

/**
 * Measures a document in time linear in its text. Lexing stops at `maxTokens` + 1, or where brackets nest deeper than any depth that is
 * allowed, and nothing is parsed then. A text that is not GraphQL measures as nothing: the parser of the pipeline says what is wrong with it.
 */
export function measureDocument(text: string, maxTokens: number): DocumentMeasure {
  try {
    const { tokens, nesting } = readTokens(text, maxTokens);
    if (tokens > maxTokens) return { ...nothing, tokens };
    if (nesting > maxNesting) return { ...nothing, tokens, depth: Number.POSITIVE_INFINITY };
    return { ...measureTree(parse(text, { noLocation: true })), tokens };
  } catch {
    return nothing;
  }
}

/** Counts to `maxTokens` + 1 and `maxNesting` + 1. */
function readTokens(text: string, maxTokens: number): { readonly tokens: number; readonly nesting: number } {
  const lexer = new Lexer(new Source(text));
  let tokens = 0;
  let nesting = 0;
  for (let open = 0; tokens <= maxTokens && nesting <= maxNesting; tokens++) {
    const { kind } = lexer.advance();
    if (kind === TokenKind.EOF) break;
    if (kind === TokenKind.BRACE_L || kind === TokenKind.BRACKET_L || kind === TokenKind.PAREN_L) open++;
    else if (kind === TokenKind.BRACE_R || kind === TokenKind.BRACKET_R || kind === TokenKind.PAREN_R) open--;
    nesting = Math.max(nesting, open);
  }
  return { tokens, nesting };
}

function measureTree(document: DocumentNode): Omit<DocumentMeasure, 'tokens'> {
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

function measureLeaves(
  document: DocumentNode,
): Pick<DocumentMeasure, 'aliases' | 'longestList' | 'hasIntrospection' | 'hasUnstorableText'> {
  let { aliases, longestList, hasIntrospection, hasUnstorableText } = nothing;
  visit(document, {
    Field(node) {
      if (node.alias !== undefined) aliases++;
      if (node.name.value === '__schema' || node.name.value === '__type') hasIntrospection = true;
    },
    ListValue(node) {
      longestList = Math.max(longestList, node.values.length);
    },
    StringValue(node) {
      if (isUnstorable(node.value)) hasUnstorableText = true;
    },
  });
  return { aliases, longestList, hasIntrospection, hasUnstorableText };
}
