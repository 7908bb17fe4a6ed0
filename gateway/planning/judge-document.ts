import { type DocumentNode, GraphQLError, type GraphQLSchema, parse, specifiedRules, validate } from 'graphql';

/** What is wrong with a document, in a form that travels between threads: graphql-js's message and where in the text it points to. */
export interface DocumentProblem {
  readonly message: string;
  readonly positions: readonly number[] | undefined;
}

export type DocumentVerdict =
  | { readonly isValid: true }
  | {
      readonly isValid: false;
      readonly code: 'GRAPHQL_PARSE_FAILED' | 'GRAPHQL_VALIDATION_FAILED';
      readonly problems: readonly DocumentProblem[];
    };

/** Five errors at most, the last of which says that there are more; no names for the guessing. */
export const validationOptions = { maxErrors: 4, hideSuggestions: true } as const;

/** Parses and validates a document, exactly as Apollo Server does with these options. */
export function judgeDocument(schema: GraphQLSchema, text: string): DocumentVerdict {
  const document = parseDocument(text);
  return 'kind' in document ? validateDocument(schema, document) : document;
}

/** The document, or the verdict on a text that is none. */
export function parseDocument(text: string): DocumentNode | DocumentVerdict {
  try {
    return parse(text);
  } catch (error) {
    return { isValid: false, code: 'GRAPHQL_PARSE_FAILED', problems: [toProblem(error as GraphQLError)] };
  }
}

export function validateDocument(schema: GraphQLSchema, document: DocumentNode): DocumentVerdict {
  const errors = validateAll(schema, document);
  if (errors.length === 0) return { isValid: true };
  return { isValid: false, code: 'GRAPHQL_VALIDATION_FAILED', problems: errors.map(toProblem) };
}

/** A rule of graphql-js throws what it should report: `@skip(if: $variable)` on the root of a subscription, which may not stand there. */
function validateAll(schema: GraphQLSchema, document: DocumentNode): readonly GraphQLError[] {
  try {
    return validate(schema, document, specifiedRules, validationOptions);
  } catch (error) {
    if (error instanceof GraphQLError) return [error];
    throw error;
  }
}

function toProblem({ message, positions }: GraphQLError): DocumentProblem {
  return { message, positions };
}
