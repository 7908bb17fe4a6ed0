import { createHash } from 'node:crypto';
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  type OperationTypeNode,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import { BoundedCache } from './bounded-cache.ts';

/** A document that was parsed and validated, and the operation in it that was chosen. */
export interface ReadOperation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly documentHash: string;
  readonly type: OperationTypeNode;
}

/** Reads the operations of the transports that do not go through Apollo Server, and remembers their documents. */
export type OperationReader = (
  schema: GraphQLSchema,
  text: string,
  operationName: string | undefined,
) => ReadOperation | { readonly errors: readonly GraphQLError[] };

/** As Apollo Server is told to: five errors at most, the last of which says that there are more. */
const maxErrors = 4;
/** Characters of documents: 8 Mi hold ten thousand of usual size. */
const rememberedChars = 8 * 1024 * 1024;

export function createOperationReader(): OperationReader {
  const documents = new BoundedCache<DocumentNode>(rememberedChars);
  const numbers = new WeakMap<GraphQLSchema, number>();
  let schemas = 0;

  const read = (schema: GraphQLSchema, text: string, hash: string): DocumentNode | readonly GraphQLError[] => {
    const number = numbers.get(schema) ?? ++schemas;
    numbers.set(schema, number);
    const key = `${number}:${hash}`;
    const known = documents.get(key);
    if (known !== undefined) return known;
    const document = parseText(text);
    if (!('kind' in document)) return document;
    const problems = validate(schema, document, specifiedRules, { maxErrors, hideSuggestions: true });
    if (problems.length > 0) return problems.map((error) => withCode(error, 'GRAPHQL_VALIDATION_FAILED'));
    documents.set(key, document, text.length + 200);
    return document;
  };

  return (schema, text, operationName) => {
    const documentHash = createHash('sha256').update(text).digest('hex');
    const document = read(schema, text, documentHash);
    if (!('kind' in document)) return { errors: document };
    const operation = getOperationAST(document, operationName);
    if (!operation) {
      const error = new GraphQLError('operationName does not choose one operation of the document.');
      return { errors: [withCode(error, 'OPERATION_RESOLUTION_FAILURE')] };
    }
    return { schema, document, documentHash, type: operation.operation };
  };
}

function parseText(text: string): DocumentNode | readonly GraphQLError[] {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof GraphQLError) return [withCode(error, 'GRAPHQL_PARSE_FAILED')];
    throw error;
  }
}

function withCode(error: GraphQLError, code: string): GraphQLError {
  const { nodes = null, source = null, positions = null } = error;
  return new GraphQLError(error.message, { nodes, source, positions, extensions: { code } });
}
