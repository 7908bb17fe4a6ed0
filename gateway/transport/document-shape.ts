import { Lexer, Source, type Token, TokenKind } from 'graphql';
import { isUnstorable } from './unstorable-text.ts';

/**
 * A document but for what its writer chooses freely: aliases, numbers and texts, and the name of a query that comes first. Of two documents of one
 * shape both are GraphQL or neither is, and one is as large as the other.
 */
export interface DocumentShape {
  readonly text: string;
  /** The same for documents of one shape in which also the same aliases and values are equal to each other. */
  readonly key: string;
  /** False of a text that is too large, whose shape is that of its beginning. */
  readonly isWhole: boolean;
  /** Not in the key, where the document begins with a query that has a name. */
  readonly operationName: string | undefined;
  /** Not in the key, by number. A field that is called what it is has none. */
  readonly aliases: readonly string[];
  /** Numbers and texts, which are not in the key: their tokens in order, those that are equal too. */
  readonly literals: readonly number[];
  /** All other names, but for those in brackets after fields and directives. */
  readonly names: readonly string[];
  /** Where in the text each token begins and ends. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  readonly tokens: number;
  /** Brackets within brackets, of any kind, at most. */
  readonly nesting: number;
  readonly hasUnstorableText: boolean;
}

/**
 * Brackets within brackets, of any kind. The parser recurses into each, and 1,300 of `[` are more than its stack; fields are
 * bounded by their own, lower limit.
 */
export const maxNesting = 100;

/**
 * Reads the shape of a text, in time linear in its length; of one that has more tokens or nests deeper only so much as shows it. Undefined for a
 * text that is not GraphQL.
 */
export function readShape(text: string, maxTokens: number): DocumentShape | undefined {
  try {
    return readTokens(text, maxTokens);
  } catch {
    return undefined;
  }
}

export type ShapeReader = (text: string) => DocumentShape | undefined;

/** One reader for all who look at a text in turn: it remembers the last one. */
export function createShapeReader(maxTokens: number): ShapeReader {
  let last: { readonly text: string; readonly shape: DocumentShape | undefined } | undefined;
  return (text) => {
    if (last?.text !== text) last = { text, shape: readShape(text, maxTokens) };
    return last.shape;
  };
}

/** Throws what graphql's lexer throws. */
function readTokens(text: string, maxTokens: number): DocumentShape {
  const lexer = new Lexer(new Source(text));
  const parts: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  const names: string[] = [];
  const literals: number[] = [];
  const aliases = new Map<string, number>();
  const values = new Map<string, number>();
  let [open, parens, nesting] = [0, 0, 0];
  let operationName: string | undefined;
  let [hasUnstorableText, isOfSchema] = [false, false];
  let previous: Token | undefined;
  let beforePrevious: Token | undefined;

  function takeName({ value }: Token): string {
    if (parts.length === 1 && previous?.value === 'query') {
      operationName = value;
      return '#name';
    }
    // What a `schema` says is what it is: `{ query: Type }` is right, and another name is not.
    if (value === 'schema' && open === 0) isOfSchema = true;
    if (parens > 0) return value;
    const alias = previous?.kind === TokenKind.COLON && !isOfSchema ? beforePrevious : undefined;
    if (alias?.kind === TokenKind.NAME && alias.value !== value) {
      parts[parts.length - 2] = `#alias${numberOf(aliases, alias.value)}`;
      names.pop();
    }
    names.push(value);
    return value;
  }

  function takeLiteral({ kind, value }: Token): string {
    if (isUnstorable(value)) hasUnstorableText = true;
    literals.push(parts.length);
    return `#${kind}${numberOf(values, kind + value)}`;
  }

  let isWhole = false;
  while (!isWhole && parts.length <= maxTokens && nesting <= maxNesting) {
    const token = lexer.advance();
    switch (token.kind) {
      case TokenKind.EOF:
        isWhole = true;
        continue;
      case TokenKind.BRACE_L:
      case TokenKind.BRACKET_L:
      case TokenKind.PAREN_L:
        open++;
        if (token.kind === TokenKind.PAREN_L) parens++;
        nesting = Math.max(nesting, open);
        parts.push(token.kind);
        break;
      case TokenKind.BRACE_R:
      case TokenKind.BRACKET_R:
      case TokenKind.PAREN_R:
        open--;
        if (token.kind === TokenKind.PAREN_R) parens--;
        parts.push(token.kind);
        break;
      case TokenKind.NAME:
        parts.push(takeName(token));
        break;
      case TokenKind.INT:
      case TokenKind.FLOAT:
      case TokenKind.STRING:
      case TokenKind.BLOCK_STRING:
        parts.push(takeLiteral(token));
        break;
      default:
        parts.push(token.kind);
    }
    starts.push(token.start);
    ends.push(token.end);
    [beforePrevious, previous] = [previous, token];
  }
  return {
    text,
    key: parts.join(' '),
    isWhole,
    operationName,
    aliases: [...aliases.keys()],
    literals,
    names,
    starts,
    ends,
    tokens: parts.length,
    nesting,
    hasUnstorableText,
  };
}

/** In order of first appearance. */
function numberOf(numbers: Map<string, number>, key: string): number {
  const number = numbers.get(key) ?? numbers.size;
  numbers.set(key, number);
  return number;
}
