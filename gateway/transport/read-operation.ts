import { createHash } from 'node:crypto';
import { type DocumentNode, GraphQLError, type GraphQLSchema, getOperationAST, type OperationTypeNode } from 'graphql';
import type { DocumentReader } from './document-reader.ts';

/** A document that was parsed and validated, and the operation in it that was chosen. */
export interface ReadOperation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly documentHash: string;
  readonly type: OperationTypeNode;
}

/** Reads the operations of the transports that do not go through Apollo Server. Rejects as reading a document does. */
export type OperationReader = (
  schema: GraphQLSchema,
  text: string,
  operationName: string | undefined,
  signal: AbortSignal,
) => Promise<ReadOperation | { readonly errors: readonly GraphQLError[] }>;

export function createOperationReader(documents: DocumentReader): OperationReader {
  return async (schema, text, operationName, signal) => {
    const documentHash = createHash('sha256').update(text).digest('hex');
    const document = await documents.read(schema, text, documentHash, signal);
    if (!('kind' in document)) return { errors: document };
    const operation = getOperationAST(document, operationName);
    if (!operation) {
      const extensions = { code: 'OPERATION_RESOLUTION_FAILURE' };
      return {
        errors: [new GraphQLError('operationName does not choose one operation of the document.', { extensions })],
      };
    }
    return { schema, document, documentHash, type: operation.operation };
  };
}
